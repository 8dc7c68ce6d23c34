import { expect, test } from 'vitest'
import { isBroken, outcomeText } from './outcome-text.ts'
import type { Metric } from '@plumbline/api'

const at = '2026-03-02T00:00:00.000Z'
const nothing = { at, jobId: 'job', revision: 2, ok: true, value: null, groups: null, code: null, message: null }
const came = (part: Partial<NonNullable<Metric['lastOutcome']>>): Metric['lastOutcome'] => ({ ...nothing, ...part })
const metric = (lastOutcome: Metric['lastOutcome']): Metric => ({
  id: 'metric',
  assetId: 'asset',
  asset: { id: 'asset', kind: 'table', name: 't', qualifiedName: 'db.s.t', connectionId: 'c', database: 'db' },
  name: 'open orders',
  spec: { kind: 'sql', sql: 'select count(*) from s.t' },
  direction: 'both',
  minPercent: 3,
  revision: 2,
  lastOutcome,
  createdBy: 'ann',
  createdAt: at,
  updatedAt: at,
})

test.each([
  [null, 'Not measured yet', false],
  [came({ value: 1_250 }), '1,250', false],
  [came({ groups: 3 }), '3 groups', false],
  [came({}), 'No data', false],
  [came({ ok: false, code: 'no-select', message: 'It may not be read' }), 'It may not be read', true],
  [came({ ok: false, message: 'It may not be read', revision: 1 }), 'Not measured since it was changed', false],
])('what came of it: %o', (outcome, text, broken) => {
  expect(outcomeText(metric(outcome))).toBe(text)
  expect(isBroken(metric(outcome))).toBe(broken)
})

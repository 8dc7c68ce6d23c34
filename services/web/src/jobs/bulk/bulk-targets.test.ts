import { zBulk } from '@plumbline/api'
import { expect, it } from 'vitest'
import { bulkTargets } from './bulk-targets.ts'

const nowMs = Date.parse('2026-01-02T00:00:00.000Z')

it('names single jobs by their ids', () => {
  expect(bulkTargets({ kind: 'some', ids: new Set(['a', 'b']) }, { tab: 'failed' }, nowMs)).toEqual({ ids: ['a', 'b'] })
})

it('gives the list’s own filter for all that match, in the form that the API takes', () => {
  const search = {
    tab: 'failed',
    type: ['schema_discovery'],
    range: '24h',
    q: ' timeout ',
    sort: 'durationMs',
  } as const
  const targets = bulkTargets({ kind: 'matching' }, { ...search, type: [...search.type] }, nowMs)
  expect(targets).toEqual({
    filter: {
      tab: 'failed',
      type: ['schema_discovery'],
      q: 'timeout',
      createdAfter: '2026-01-01T00:00:00.000Z',
      unresolved: true,
    },
  })
  expect(zBulk.safeParse({ action: 'retry', ...targets }).success).toBe(true)
})

it('is an empty filter where nothing is filtered', () => {
  expect(bulkTargets({ kind: 'matching' }, {}, nowMs)).toEqual({ filter: {} })
})

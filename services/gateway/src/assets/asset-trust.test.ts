import type { TrustSignals } from '@plumbline/store'
import { expect, test } from 'vitest'
import { assetTrust } from './asset-trust.ts'

const nothing: TrustSignals = {
  freshness: {},
  series: 0,
  unusual: 0,
  unmeasured: 0,
  unmeasuredMetrics: 0,
  breakingChanges: 0,
  unreadable: 0,
  unread: 0,
}
const table = { kind: 'table', lastJobs: [] } as const

test('nothing is claimed of what no job has looked at', () => {
  expect(assetTrust(table, nothing)).toEqual({
    verdict: 'unknown',
    reasons: [
      { about: 'freshness', weight: 'unknown', text: 'How fresh it is was never checked' },
      { about: 'metrics', weight: 'unknown', text: 'No metrics are captured' },
    ],
  })
})

test('what is fresh and usual is trusted', () => {
  expect(assetTrust(table, { ...nothing, freshness: { fresh: 1 }, series: 12 })).toEqual({
    verdict: 'trusted',
    reasons: [
      { about: 'freshness', weight: 'good', text: 'It is fresh' },
      { about: 'metrics', weight: 'good', text: 'No metric is unusual' },
    ],
  })
})

test.each<[Partial<TrustSignals>, string, string]>([
  [{ freshness: { stale: 1 } }, 'broken', 'It is stale'],
  [{ freshness: { late: 1 } }, 'doubtful', 'It is late'],
  [{ freshness: { error: 1 } }, 'doubtful', 'It could not be checked for freshness'],
  [{ freshness: { fresh: 1 }, series: 3, unusual: 1 }, 'doubtful', '1 metric is unusual'],
  [{ freshness: { fresh: 1 }, breakingChanges: 2 }, 'doubtful', '2 breaking schema changes within 7 days'],
  [{ freshness: { fresh: 1 }, unreadable: 1 }, 'doubtful', 'Its rows may not be read'],
  [{ freshness: { fresh: 1 }, unread: 1 }, 'doubtful', 'It could not be read at the last discovery'],
  [{ freshness: { fresh: 1 }, unmeasured: 1 }, 'doubtful', 'It could not be measured at the last capture'],
  [
    { freshness: { fresh: 1 }, unmeasuredMetrics: 4, series: 2 },
    'doubtful',
    '4 metrics could not be measured at the last capture',
  ],
  [{ freshness: { stale: 1 }, unusual: 2, series: 2 }, 'broken', '2 metrics are unusual'],
])('%j makes a table %s: %s', (signals, verdict, text) => {
  const trust = assetTrust(table, { ...nothing, ...signals })
  expect(trust.verdict).toBe(verdict)
  expect(trust.reasons.map((reason) => reason.text)).toContain(text)
})

test('that no metric is unusual does not stand for what is not known', () => {
  expect(assetTrust(table, { ...nothing, freshness: { unknown: 1 }, series: 8 }).verdict).toBe('unknown')
  const database = { kind: 'database', lastJobs: [] } as const
  const mostly = assetTrust(database, { ...nothing, freshness: { fresh: 1, learning: 9, unknown: 25 } })
  expect(mostly).toMatchObject({
    verdict: 'unknown',
    reasons: [
      { text: '1 table is fresh' },
      { text: '9 tables have a rhythm still to be learned' },
      { text: '25 tables are of unknown freshness' },
      {},
    ],
  })
  expect(assetTrust(database, { ...nothing, freshness: { fresh: 26, learning: 9, unknown: 3 } }).verdict).toBe(
    'trusted',
  )
})

test('what could not be measured takes back what was said of the rest, and leads to more than the anomalies', () => {
  const metricsOf = (kind: 'table' | 'database', signals: Partial<TrustSignals>) =>
    assetTrust({ kind, lastJobs: [] }, { ...nothing, ...signals }).reasons.filter(({ about }) => about === 'metrics')
  const missed = { about: 'metrics', weight: 'doubt', text: '1 metric could not be measured at the last capture' }
  expect(metricsOf('table', { unmeasuredMetrics: 1 })).toEqual([missed])
  expect(metricsOf('table', { unmeasuredMetrics: 1, series: 5 })).toEqual([
    missed,
    { about: 'metrics', weight: 'good', text: 'No other metric is unusual' },
  ])
  expect(metricsOf('table', { unmeasured: 1, series: 5 })).toHaveLength(1)
  expect(metricsOf('database', { unmeasured: 4, series: 5, unusual: 2 })).toEqual([
    { ...missed, text: '4 tables could not be measured at the last capture' },
    { about: 'metrics', weight: 'doubt', text: '2 metrics are unusual', only: 'anomalies' },
  ])
})

test('what the newest job of a type could not find out is doubted', () => {
  const lastJobs = [
    { type: 'schema_discovery', status: 'failed' },
    { type: 'freshness_check', status: 'completed' },
  ] as const
  const { verdict, reasons } = assetTrust({ kind: 'table', lastJobs }, { ...nothing, freshness: { fresh: 1 } })
  expect(verdict).toBe('doubtful')
  expect(reasons).toContainEqual({ about: 'jobs', weight: 'doubt', text: 'The last schema discovery failed' })
})

test('of a database the tables are counted, and the worst decides', () => {
  const trust = assetTrust(
    { kind: 'database', lastJobs: [] },
    { ...nothing, freshness: { fresh: 40, stale: 2, late: 1 }, unreadable: 1, unread: 2 },
  )
  expect(trust.verdict).toBe('broken')
  expect(trust.reasons.map(({ text }) => text).slice(0, 3)).toEqual([
    '2 tables are stale',
    '1 table is late',
    '40 tables are fresh',
  ])
  expect(trust.reasons.map(({ text }) => text).slice(-2)).toEqual([
    'Rows of 1 table may not be read',
    '2 tables could not be read at the last discovery',
  ])
})

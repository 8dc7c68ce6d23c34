import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type Database } from '@plumbline/store'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { addEndedDiscovery, type EndedDiscovery } from '../../support/ended-discovery.ts'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

const day = 86_400_000
/** A midnight in Berlin, in summer. */
const begin = Date.UTC(2026, 5, 1) - 2 * 3_600_000

let gateway: TestGateway
let db: Database
let assetId: string
/** Ids of discoveries, one a day at noon of Berlin: twenty of ten seconds, one of sixty, one of ten. */
let discoveries: string[]
beforeAll(async () => {
  const databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
  const { body } = await gateway.call('POST', '/connections', {
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  assetId = body.rootAssetId
  discoveries = []
  for (let n = 0; n < 22; n += 1) {
    discoveries.push(await addDiscovery(n, { seconds: n === 20 ? 60 : 10, rows: n < 20 ? 100 : 700 }))
  }
  await addDiscovery(0, { seconds: 1, status: 'failed' })
  await addDiscovery(0, { seconds: 1, status: 'cancelled' })
})
afterAll(async () => {
  await db.destroy()
  await gateway.stop()
})

const addDiscovery = (days: number, of: Pick<EndedDiscovery, 'seconds' | 'status' | 'rows'>): Promise<string> =>
  addEndedDiscovery(db, assetId, { ...of, createdAt: begin + days * day + day / 2 })

const trends = async (query: Record<string, string>) => {
  const { status, body } = await gateway.call('GET', `/jobs/trends?${new URLSearchParams(query).toString()}`)
  return { status, ...body }
}
const june = { from: '2026-06-01T00:00:00+02:00', to: '2026-07-01T00:00:00+02:00', timezone: 'Europe/Berlin' }

test('each day of a time zone has its counts and durations, days without jobs too', async () => {
  const { buckets, bucket, total } = await trends({ ...june, type: 'schema_discovery' })
  expect(bucket).toBe('day')
  expect(buckets).toHaveLength(30)
  expect(buckets[0]).toEqual({
    start: '2026-05-31T22:00:00.000Z',
    counts: { pending: 0, running: 0, completed: 1, failed: 1, cancelled: 1 },
    successRate: 0.5,
    p50: 10_000,
    p95: 10_000,
    max: 10_000,
    queued: { p50: 2_000, p95: 2_000, max: 2_000 },
    queuedShare: 6 / 18,
  })
  expect(buckets[20]).toMatchObject({ start: '2026-06-20T22:00:00.000Z', max: 60_000 })
  expect(buckets[29]).toMatchObject({
    counts: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 },
    successRate: null,
    p50: null,
    queued: null,
    queuedShare: null,
  })
  expect(total).toMatchObject({ counts: { completed: 22, failed: 1 }, p50: 10_000, max: 60_000 })
})

test('days on which clocks change are one bucket each', async () => {
  const { buckets } = await trends({
    from: '2026-03-27T23:00:00Z',
    to: '2026-03-30T22:00:00Z',
    bucket: 'day',
    timezone: 'Europe/Berlin',
  })
  expect(buckets.map(({ start }: { start: string }) => start)).toEqual([
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ])
})

test('the slowest assets and the steps of one type', async () => {
  const { slowest, steps } = await trends({ ...june, type: 'schema_discovery' })
  expect(slowest).toEqual([
    expect.objectContaining({
      type: 'schema_discovery',
      runs: 22,
      p50: 10_000,
      asset: expect.objectContaining({ id: assetId, name: 'shop' }),
    }),
  ])
  expect(steps).toMatchObject([
    { name: 'connect', runs: 22, p50: 1_000 },
    { name: 'store', runs: 22, p50: 9_000, max: 59_000 },
  ])
  expect(steps[0].share + steps[1].share).toBeCloseTo(1)
  const several = await trends({ ...june })
  expect(several.steps).toEqual([])
})

test('what is usual is told of one type on one asset, and of a job before it', async () => {
  const { baseline } = await trends({ ...june, type: 'schema_discovery', assetId })
  expect(baseline).toEqual({ runs: 22, p50: 10_000, p95: 10_000, limit: 30_000 })
  expect((await trends({ ...june, assetId })).baseline).toBeNull()
  const slow = await gateway.call('GET', `/jobs/${discoveries[20]}`)
  expect(slow.body.usual).toEqual({ runs: 20, p50: 10_000, p95: 10_000, limit: 30_000 })
  const early = await gateway.call('GET', `/jobs/${discoveries[5]}`)
  expect(early.body.usual).toBeNull()
})

test('a slow run is flagged once, with what changed around it', async () => {
  const flagged = async () => (await trends({ ...june, assetId })).regressions
  while ((await flagged()).length === 0) await sleep(250)
  expect(await flagged()).toEqual([
    expect.objectContaining({
      jobId: discoveries[20],
      durationMs: 60_000,
      usual: { runs: 20, p50: 10_000, p95: 10_000, limit: 30_000 },
      changed: {
        beforeJobId: discoveries[19],
        counts: [{ name: 'rows', before: 100, after: 700 }],
        configChanged: false,
        schemaChanges: { all: 0, breaking: 0 },
      },
    }),
  ])
  const elsewhere = await trends({ from: '2026-06-01T00:00:00Z', to: '2026-06-10T00:00:00Z' })
  expect(elsewhere.regressions).toEqual([])
})

test.each([
  [{ from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' }, 'must be before'],
  [{ from: '2020-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z', bucket: 'hour' }, 'ask for a shorter time, or for week'],
  [{ from: '1900-01-01T00:00:00Z' }, 'ask for a shorter time'],
  [{ bucket: 'year' }, ''],
  [{ timezone: 'Mars/Olympus' }, 'is not a time zone'],
  [{ timezone: '-05:00' }, 'is not a time zone'],
])('%j is refused', async (query, message) => {
  const { status, code, errors } = await trends(query)
  expect({ status, code }).toEqual({ status: 422, code: 'invalid-input' })
  expect(errors[0].message).toContain(message)
})

test('what is not there has no jobs', async () => {
  const { status, total, regressions } = await trends({ ...june, assetId: crypto.randomUUID() })
  expect({ status, completed: total.counts.completed, regressions }).toEqual({
    status: 200,
    completed: 0,
    regressions: [],
  })
})

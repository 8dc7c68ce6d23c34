import {
  createJobLedger,
  createRetry,
  findFreshness,
  forgetFreshnessStates,
  forgetFreshnessUpdates,
  forgetTableMemories,
  freshnessHistory,
  selectForFreshness,
  setExpectation,
  stageChecked,
  storeFreshness,
  tableMemories,
  tablesToCheck,
  tablesToJudge,
  writeVerdicts,
  type CheckedTable,
} from '@plumbline/store'
import { defaultExpectation, type FreshnessState, type LastUpdate, type TableMemory } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSource, table, type Source } from '../catalog/catalog-fixture.ts'
import { arrange, completed, failed, openStep, type Arrangement } from '../jobs/arrange.ts'

let at: Arrangement
let source: Source
let orders: string
beforeAll(async () => {
  at = await arrange()
  source = await addSource(at)
  await source.discover({
    relations: [
      table(1, 's/orders', ['id']),
      table(2, 's/event', ['id']),
      table(3, 's/event_2020', ['id'], { partitionOf: 'r:2' }),
    ],
  })
  orders = (await source.present())['shop.s.orders'] ?? ''
})
afterAll(() => at.db.destroy())

const time = (hour: number): string => new Date(Date.UTC(2026, 2, 2, hour)).toISOString()
const updateAt = (hour: number): LastUpdate => ({
  at: time(hour),
  after: null,
  method: 'column_index',
  confidence: 0.9,
  evidence: [],
  column: 'at',
  partition: null,
})
const memory = (hour: number): TableMemory => ({ seenAt: time(hour), counters: null, quietSince: null, last: null })
const checked = (hour: number, last: LastUpdate | null): CheckedTable => ({
  assetId: orders,
  finding: { last, quietSince: null, reason: last ? null : 'first-check', partitions: 0 },
  memories: { 'r:1': memory(hour) },
})

const scopeOf = (assetId: string, assetKind: 'database' | 'table') => ({
  connectionId: source.connectionId,
  assetId,
  assetKind,
})

/** A check that is measured and judged, and not stored yet. */
async function judged(hour: number, last: LastUpdate | null, state: FreshnessState): Promise<string> {
  const jobId = await at.addJob(orders, 'freshness_check')
  await createJobLedger(at.db).begin(jobId)
  await selectForFreshness(at.db, await openStep(at.db, jobId, 'select'), scopeOf(orders, 'table'))
  const measure = await openStep(at.db, jobId, 'measure')
  // Twice, as by an attempt that was repeated.
  await stageChecked(at.db, measure, time(hour), [checked(hour, null)])
  await stageChecked(at.db, measure, time(hour), [checked(hour, last)])
  const verdict = { state, expected: null, learning: null }
  await writeVerdicts(at.db, await openStep(at.db, jobId, 'judge'), [{ assetId: orders, verdict }])
  return jobId
}

const store = async (jobId: string) => storeFreshness(at.db, await openStep(at.db, jobId, 'store'), source.connectionId)
const now = () => findFreshness(at.db, at.actor.organizationId, orders)
const history = () =>
  freshnessHistory(at.db, at.actor.organizationId, orders, { from: new Date(0), to: new Date(Date.UTC(2030, 0)) })

test('partitions are told by their table, unless they are asked for or something is expected of them', async () => {
  const namesOf = async (assetId: string, assetKind: 'database' | 'table') => {
    const jobId = await at.addJob(assetId, 'freshness_check')
    await createJobLedger(at.db).begin(jobId)
    await selectForFreshness(at.db, await openStep(at.db, jobId, 'select'), scopeOf(assetId, assetKind))
    const tables = await tablesToCheck(at.db, jobId, { after: undefined, limit: 10 })
    await createJobLedger(at.db).end(jobId, completed)
    return tables.map(({ qualifiedName }) => qualifiedName).toSorted()
  }
  const partition = (await source.present())['shop.s.event_2020'] ?? ''
  expect(await namesOf(source.databaseId, 'database')).toEqual(['shop.s.event', 'shop.s.orders'])
  expect(await namesOf(partition, 'table')).toEqual(['shop.s.event_2020'])
  expect(await setExpectation(at.db, at.actor, partition, { ...defaultExpectation, interval: '1d' })).toBe('saved')
  expect(await namesOf(source.databaseId, 'database')).toContain('shop.s.event_2020')
})

test('a check is stored once, however often that is done', async () => {
  const jobId = await judged(10, updateAt(9), 'learning')
  const first = await store(jobId)
  expect(first).toMatchObject({ tables: 1, learning: 1, changed: 1 })
  const lease = { jobId, step: 'store', attempt: 1, runId: 'run' }
  expect(await storeFreshness(at.db, lease, source.connectionId)).toEqual({ ...first, changed: 0 })
  await createJobLedger(at.db).end(jobId, completed)
  expect(await now()).toMatchObject({ state: 'learning', finding: { last: { at: time(9) } }, jobId })
  expect(await history()).toMatchObject({ updates: [{ at: new Date(time(9)) }], states: [{ state: 'learning' }] })
})

test('a check that took longer than the next one leaves what that found', async () => {
  const slow = await judged(11, updateAt(9), 'stale')
  const lease = await openStep(at.db, slow, 'store')
  await at.db
    .updateTable('freshness')
    .set({ state: 'fresh', checked_at: new Date(time(12)) })
    .execute()
  await at.db
    .updateTable('table_memory')
    .set({ seen_at: new Date(time(12)) })
    .execute()
  expect(await storeFreshness(at.db, lease, source.connectionId)).toMatchObject({ changed: 0 })
  await createJobLedger(at.db).end(slow, completed)
  expect(await now()).toMatchObject({ state: 'fresh', checkedAt: new Date(time(12)) })
  expect((await tableMemories(at.db, source.connectionId, ['r:1'])).get('r:1')?.seenAt).toBe(time(10))
})

test('what was measured is handed to a retry from the failure, and thrown away with the job', async () => {
  const staged = async (id: string) =>
    (await at.db.selectFrom('checked_table').select('asset_id').where('job_id', '=', id).execute()).length
  const ledger = createJobLedger(at.db)
  const jobId = await at.addJob(orders, 'freshness_check')
  await ledger.begin(jobId)
  await selectForFreshness(at.db, await openStep(at.db, jobId, 'select'), scopeOf(orders, 'table'))
  const lease = { jobId, step: 'measure', attempt: 1, runId: 'run' }
  await ledger.openStep(jobId, 'measure', { step: 'select', result: { tables: 1 } }, 'run')
  await ledger.beginAttempt(lease)
  await stageChecked(at.db, lease, time(13), [checked(13, updateAt(12))])
  await ledger.openStep(jobId, 'judge', { step: 'measure', result: { tables: 1, read: 0, failed: 0 } }, 'run')
  await ledger.end(jobId, failed)
  const retry = await createRetry(at.db, at.actor, jobId, { mode: 'from_failure' })
  if (retry.kind !== 'created') throw new Error(JSON.stringify(retry))
  expect([await staged(jobId), await staged(retry.jobId)]).toEqual([0, 1])
  await ledger.begin(retry.jobId)
  await ledger.end(retry.jobId, completed)
  expect(await staged(retry.jobId)).toBe(0)
})

test('a verdict is used again while neither the update nor what is expected changes', async () => {
  const beforeOf = async (last: LastUpdate) => {
    const jobId = await judged(14, last, 'fresh')
    const [toJudge] = await tablesToJudge(at.db, jobId, { after: undefined, limit: 10 })
    await store(jobId)
    await createJobLedger(at.db).end(jobId, completed)
    return [toJudge?.before !== null, toJudge?.history.length]
  }
  expect(await beforeOf(updateAt(13))).toEqual([false, 1])
  expect(await beforeOf(updateAt(13))).toEqual([true, 0])
  await setExpectation(at.db, at.actor, orders, { ...defaultExpectation, sensitivity: 'high' })
  expect(await beforeOf(updateAt(13))).toEqual([false, 2])
  expect(await beforeOf(updateAt(13))).toEqual([true, 0])
  expect(await beforeOf(updateAt(14))).toEqual([false, 2])
})

test('history is forgotten by its age, but not the state that a table is in', async () => {
  const rowsOf = async () => {
    const { updates, states } = await history()
    return [updates.length, states.length]
  }
  const [updates = 0, states = 0] = await rowsOf()
  const cutoff = new Date(time(14))
  expect(await forgetFreshnessUpdates(at.db, cutoff, 1)).toBe(1)
  expect(await forgetFreshnessUpdates(at.db, cutoff, 100)).toBe(updates - 2)
  expect(await forgetFreshnessStates(at.db, new Date(time(23)), 100)).toBe(states - 1)
  expect(await rowsOf()).toEqual([1, 1])
  expect(await forgetTableMemories(at.db, cutoff, 100)).toBe(0)
  expect(await forgetTableMemories(at.db, new Date(time(23)), 100)).toBe(1)
})

test('what is remembered follows tables to the identities that a rebuilt source gives them, and says whose it was', async () => {
  const rebuilt = await addSource(at)
  const tables = Array.from({ length: 12 }, (_, place) => place + 1)
  const discover = (idOf: (number: number) => number) =>
    rebuilt.discover({ relations: tables.map((number) => table(idOf(number), `s/t${number}`, ['id'])) })
  const { connectionId } = rebuilt
  const idsOf = tables.map((number) => `r:${number}`)
  await discover((number) => number)
  const remembered = idsOf.map((id) => ({
    connection_id: connectionId,
    external_id: id,
    memory: JSON.stringify({ ...memory(1), quietSince: id }),
    seen_at: new Date(time(1)),
  }))
  await at.db.insertInto('table_memory').values(remembered).execute()
  const follow = async () =>
    Object.fromEntries(
      [...(await tableMemories(at.db, connectionId, idsOf))].map(([id, { identity, quietSince }]) => [
        id,
        [identity, quietSince],
      ]),
    )
  const next = (number: number) => (number % 12) + 1
  await discover(next)
  const expected = Object.fromEntries(tables.map((number) => [`r:${next(number)}`, [`r:${number}`, `r:${number}`]]))
  expect(await follow()).toEqual(expected)
  await discover(next)
  expect(await follow()).toEqual(expected)
})

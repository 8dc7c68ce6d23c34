import {
  claimSchedules,
  claimUnsynced,
  createSchedule,
  deleteConnection,
  deleteSchedule,
  findJob,
  findSchedule,
  markSynced,
  newId,
  pauseSchedule,
  recordSkippedTicks,
  scheduleHistories,
  takeTick,
  triggerSchedule,
  unrecordedTicks,
  updateSchedule,
  type NewSchedule,
} from '@plumbline/store'
import { maxJobsOfTick } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, runThrough, type Arrangement } from '../jobs/arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

async function addSchedule(assetId: string, more: Partial<NewSchedule> = {}) {
  const id = newId()
  const saved = await createSchedule(at.db, at.actor, {
    id,
    name: `schedule ${id}`,
    type: 'tag_generation',
    assetId,
    target: null,
    config: { scope: 'all', sampleRows: 100 },
    cron: null,
    every: '1h',
    timezone: 'UTC',
    overlap: 'skip',
    jitter: null,
    paused: false,
    ...more,
  })
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  return saved.schedule
}

async function addTables(connectionId: string, databaseId: string, count: number): Promise<void> {
  const tables = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    organization_id: at.actor.organizationId,
    connection_id: connectionId,
    parent_id: databaseId,
    database_id: databaseId,
    kind: 'table' as const,
    name: `t${n}`,
    qualified_name: `shop.public.t${String(n).padStart(5, '0')}`,
    external_id: `r:${n}`,
  }))
  await at.db.insertInto('asset').values(tables).execute()
}

/** Hours from now on, so that jobs are made before the ticks that they hold up. */
const base = Math.ceil(Date.now() / 1_000) * 1_000
const hour = (n: number, seconds = 0) => new Date(base + n * 3_600_000 + seconds * 1_000)
const historyOf = async (id: string) => {
  const history = (await scheduleHistories(at.db, [id])).get(id)
  if (!history) throw new Error('no history')
  return history
}
const skippedOf = async (id: string) =>
  (await historyOf(id)).skipped
    .map((tick) => [new Date(tick.at.getTime() - base).toISOString().slice(11, 19), tick.reason])
    .toReversed()

test('a tick that is asked for again, also at the same time, has the same jobs', async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  const takes = await Promise.all(Array.from({ length: 8 }, () => takeTick(at.db, id, hour(1))))
  const [first] = takes
  expect(first?.jobIds).toHaveLength(1)
  expect(takes).toEqual(takes.map(() => first))
  await runThrough(at.db, first?.jobIds[0] ?? '', completed)
  expect(await takeTick(at.db, id, hour(1))).toEqual(first)
  const next = await takeTick(at.db, id, hour(2))
  expect(next?.jobIds).not.toEqual(first?.jobIds)
  expect((await historyOf(id)).runs.map((run) => run.at)).toEqual([hour(2), hour(1)])
  expect(await findJob(at.db, at.actor.organizationId, first?.jobIds[0] ?? '')).toMatchObject({
    trigger_kind: 'schedule',
    schedule_id: id,
    actor: 'ann',
    config: { scope: 'all', sampleRows: 100 },
  })
})

test('paused or deleted in the record, a tick of Temporal starts nothing and leaves nothing', async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  await pauseSchedule(at.db, at.actor, id, { paused: true })
  expect(await takeTick(at.db, id, hour(1))).toBeUndefined()
  await pauseSchedule(at.db, at.actor, id, { paused: false })
  await deleteSchedule(at.db, at.actor, id)
  expect(await takeTick(at.db, id, hour(2))).toBeUndefined()
  expect(await historyOf(id)).toEqual({ runs: [], skipped: [] })
  expect(await takeTick(at.db, newId(), hour(1))).toBeUndefined()
})

test('a tick of many assets starts one job each, up to its most, and says what it left out', async () => {
  const { connectionId, assetId } = await at.addConnection()
  await addTables(connectionId, assetId, maxJobsOfTick + 5)
  const { id } = await addSchedule(assetId, { target: { each: 'table' } })
  const begun = performance.now()
  const jobs = await takeTick(at.db, id, hour(1))
  expect(performance.now() - begun).toBeLessThan(10_000)
  expect(jobs?.jobIds).toHaveLength(maxJobsOfTick)
  const [run] = (await historyOf(id)).runs
  expect(run).toMatchObject({
    jobCount: maxJobsOfTick,
    message: 'More assets match: the first 1000 by name got a job',
  })
  expect(run?.jobs).toHaveLength(10)
  for (const jobId of jobs?.jobIds.slice(0, 3) ?? []) await runThrough(at.db, jobId, completed)
  const second = await takeTick(at.db, id, hour(2))
  expect(second?.jobIds).toHaveLength(3)
  expect((await historyOf(id)).runs[0]?.message).toMatch(/^997 left out: a job of this type was active on them\. More/)
})

test('ticks that are missing are noted with their reason, once, and a late one takes the place of its note', async () => {
  const { assetId } = await at.addConnection()
  const schedule = await addSchedule(assetId)
  const taken = await takeTick(at.db, schedule.id, hour(2))
  await at.db
    .updateTable('job')
    .set({ status: 'cancelled', ended_at: hour(4, 30) })
    .where('id', '=', taken?.jobIds[0] ?? '')
    .execute()
  const times = [1, 2, 3, 4, 5, 6].map((n) => hour(n))
  for (let round = 0; round < 2; round++) await recordSkippedTicks(at.db, schedule, { after: hour(0), times })
  expect(await skippedOf(schedule.id)).toEqual([
    ['01:00:00', 'missed'],
    ['03:00:00', 'overlap'],
    ['04:00:00', 'overlap'],
    ['05:00:00', 'missed'],
    ['06:00:00', 'missed'],
  ])
  expect((await historyOf(schedule.id)).skipped.find((tick) => tick.reason === 'overlap')?.blockingJobId).toBe(
    taken?.jobIds[0],
  )
  await takeTick(at.db, schedule.id, hour(6))
  expect((await skippedOf(schedule.id)).at(-1)).toEqual(['05:00:00', 'missed'])
  expect((await historyOf(schedule.id)).runs.map((run) => run.at)).toEqual([hour(6), hour(2)])
})

test('a tick that waited for a worker did not hold up others by jobs that it had not', async () => {
  const { assetId } = await at.addConnection()
  const schedule = await addSchedule(assetId)
  await takeTick(at.db, schedule.id, hour(-3))
  await recordSkippedTicks(at.db, schedule, { after: hour(-4), times: [hour(-3), hour(-2), hour(2)] })
  expect(await skippedOf(schedule.id)).toEqual([
    ['22:00:00', 'missed'],
    ['02:00:00', 'overlap'],
  ])
})

test('where every tick may run, none was held up by another', async () => {
  const { assetId } = await at.addConnection()
  const schedule = await addSchedule(assetId, { overlap: 'allow_all' })
  await takeTick(at.db, schedule.id, hour(1))
  await recordSkippedTicks(at.db, schedule, { after: hour(0), times: [hour(1), hour(2)] })
  expect(await skippedOf(schedule.id)).toEqual([['02:00:00', 'missed']])
})

test('with jitter, a tick is found by the time that jitter made of it', async () => {
  const { assetId } = await at.addConnection()
  const schedule = await addSchedule(assetId, { jitter: '50m' })
  const taken = await takeTick(at.db, schedule.id, hour(2))
  await runThrough(at.db, taken?.jobIds[0] ?? '', completed)
  // Of the ticks of 1, 2 and 3 o'clock.
  const times = [hour(1, 2_900), hour(2, 10), hour(3, 2_000)]
  await recordSkippedTicks(at.db, schedule, { after: hour(0, 600), times })
  expect(await skippedOf(schedule.id)).toEqual([
    ['01:48:20', 'missed'],
    ['03:33:20', 'missed'],
  ])
})

test('with jitter, a tick that comes late after all takes the place of its note', async () => {
  const { assetId } = await at.addConnection()
  const schedule = await addSchedule(assetId, { jitter: '50m' })
  await recordSkippedTicks(at.db, schedule, { after: hour(0), times: [hour(1, 2_900), hour(2, 10)] })
  await takeTick(at.db, schedule.id, hour(1))
  expect(await skippedOf(schedule.id)).toEqual([['02:00:10', 'missed']])
})

test('a tick that Temporal runs and no worker took up is told from one that is in the record', async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  await takeTick(at.db, id, hour(1))
  expect(await unrecordedTicks(at.db, id, [hour(1), hour(2)])).toEqual([hour(2)])
  expect(await unrecordedTicks(at.db, id, [])).toEqual([])
})

test('of those who would tell Temporal, one does; a change meanwhile is told after it', async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimUnsynced(at.db, id)))
  const held = claims.filter((claim) => claim !== undefined)
  expect(held).toHaveLength(1)
  const [push] = held
  if (!push) throw new Error('nobody holds it')
  await updateSchedule(at.db, at.actor, id, { every: '2h' })
  expect(await claimUnsynced(at.db, id)).toBeUndefined()
  await markSynced(at.db, push, { nextRuns: [], checkedTo: undefined })
  const second = await claimUnsynced(at.db, id)
  expect(second).toMatchObject({ revision: 2, known: true, schedule: { every: '2h' } })
  if (second) await markSynced(at.db, second, { nextRuns: [], checkedTo: undefined })
  expect(await claimUnsynced(at.db, id)).toBeUndefined()
})

test('a schedule whose tick is due is looked at before its turn, by one of several', async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  const push = await claimUnsynced(at.db, id)
  if (push) await markSynced(at.db, push, { nextRuns: [new Date(Date.now() - 20_000)], checkedTo: undefined })
  const claim = () => claimSchedules(at.db, { everyMs: 3_600_000, dueMs: 15_000 }, 50)
  const taken = async () => (await Promise.all([claim(), claim(), claim()])).flat().map(({ schedule }) => schedule.id)
  expect(await taken()).toEqual([])
  await at.db
    .updateTable('schedule')
    .set({ checked_at: new Date(Date.now() - 16_000) })
    .where('id', '=', id)
    .execute()
  expect(await taken()).toEqual([id])
  expect(await taken()).toEqual([])
})

test('ticks, and the deletion of their connection, at the same time end in order', async () => {
  for (let round = 0; round < 5; round++) {
    const { connectionId, assetId } = await at.addConnection()
    const schedules = await Promise.all(Array.from({ length: 4 }, () => addSchedule(assetId)))
    const [deleted, ...ticks] = await Promise.all([
      deleteConnection(at.db, at.actor, connectionId),
      ...schedules.map(({ id }) => takeTick(at.db, id, hour(round))),
    ])
    const started = ticks.filter((tick) => tick !== undefined)
    expect(started.length).toBe(deleted === 'deleted' ? 0 : 1)
    for (const { id } of schedules) {
      expect((await findSchedule(at.db, at.actor.organizationId, id)) === undefined).toBe(deleted === 'deleted')
    }
  }
})

test('a trigger that is carried out again, with its key, starts nothing twice', async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  const actor = { ...at.actor, resourceId: newId() }
  const first = await triggerSchedule(at.db, actor, id)
  const again = await triggerSchedule(at.db, actor, id)
  expect(first).toMatchObject({ kind: 'started', jobs: { jobIds: [actor.resourceId] } })
  expect(again).toMatchObject({ kind: 'started', jobs: { jobIds: [actor.resourceId] } })
  expect((await historyOf(id)).runs).toHaveLength(1)
})

test("another organization's schedule is not there", async () => {
  const { assetId } = await at.addConnection()
  const { id } = await addSchedule(assetId)
  const stranger = { ...at.actor, organizationId: crypto.randomUUID() }
  expect(await triggerSchedule(at.db, stranger, id)).toEqual({ kind: 'not-found' })
  expect(await updateSchedule(at.db, stranger, id, { name: 'mine' })).toEqual({ kind: 'not-found' })
  expect(await pauseSchedule(at.db, stranger, id, { paused: true })).toEqual({ kind: 'not-found' })
  expect(await deleteSchedule(at.db, stranger, id)).toBe(false)
})

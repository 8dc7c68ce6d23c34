import {
  countJobs,
  createJobLedger,
  createRetry,
  forgetAssetVersions,
  forgetEvents,
  forgetJobs,
  forgetJobsIn,
  forgetLogs,
  forgetOperations,
  forgetSchemaChanges,
  forgetSnapshots,
  jobEventRange,
  listAudit,
  listJobs,
  newId,
} from '@plumbline/store'
import { wholeCatalog } from '@plumbline/workflows'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { arrange, completed, failed, openStep, runThrough, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeEach(async () => {
  at = await arrange()
})
afterEach(() => at.db.destroy())

const dayMs = 86_400_000
const cutoff = new Date(Date.now() - 30 * dayMs)

/** Makes jobs, and all that is kept of them, older. */
async function age(days: number, ...ids: string[]): Promise<void> {
  const by = sql`${days} * interval '1 day'`
  const these = sql`any(${ids}::uuid[])`
  await sql`update job set created_at = created_at - ${by}, queued_at = queued_at - ${by}, started_at = started_at - ${by},
    ended_at = ended_at - ${by} where id = ${these}`.execute(at.db)
  await sql`update job_log set at = at - ${by} where job_id = ${these}`.execute(at.db)
  await sql`update job_event set at = at - ${by} where job_id = ${these}`.execute(at.db)
}

/** A discovery that failed and was retried, with a child of the retry. */
async function family(): Promise<{ first: string; second: string; child: string; all: string[] }> {
  const { assetId } = await at.addConnection()
  const ledger = createJobLedger(at.db)
  const first = await at.addJob(assetId)
  await ledger.begin(first)
  await ledger.addWarnings(await openStep(at.db, first, 'connect'), [{ code: 'slow', object: 'a', message: 'slow' }])
  await ledger.end(first, failed)
  const retried = await createRetry(at.db, at.actor, first, { mode: 'from_start' })
  if (retried.kind !== 'created') throw new Error(retried.kind)
  const second = retried.jobId
  await ledger.begin(second)
  const child = newId()
  await ledger.createChildren(second, [{ id: child, type: 'tag_generation', config: {} }])
  await ledger.end(second, completed)
  await runThrough(at.db, child, failed)
  const all = [first, second, child]
  await at.db
    .insertInto('job_log')
    .values(all.flatMap((id) => ['begun', 'ended'].map((message) => ({ job_id: id, level: 'info' as const, message }))))
    .execute()
  return { first, second, child, all }
}

async function forgetAll(limit = 50): Promise<number> {
  let removed = 0
  let after
  do {
    const batch = await forgetJobs(at.db, { cutoff, after, limit })
    removed += batch.removed
    after = batch.next
  } while (after)
  return removed
}

async function rest(): Promise<string[]> {
  const rows = await at.db.selectFrom('job').select('id').execute()
  return rows.map((row) => row.id).toSorted()
}

test('a job goes with its retries and children, once all of them ended long ago; the audit stays', async () => {
  const [old, young, late] = [await family(), await family(), await family()]
  const { assetId } = await at.addConnection()
  const active = await at.addJob(assetId)
  await age(40, ...old.all, active)
  await age(20, ...young.all)
  await age(40, late.first, late.second)
  expect(await forgetAll(1)).toBe(3)
  expect(await rest()).toEqual([...young.all, ...late.all, active].toSorted())
  for (const table of ['job_step', 'job_warning', 'job_log'] as const) {
    const rows = await at.db
      .selectFrom(table)
      .select('job_id')
      .where('job_id', '=', sql<string>`any(${old.all}::uuid[])`)
      .execute()
    expect(rows).toEqual([])
  }
  const audit = await listAudit(at.db, at.actor.organizationId, { targetId: old.first, limit: 10 })
  expect(audit.map((entry) => entry.action)).toEqual(['job.retry', 'job.create'])
  await age(40, late.child)
  expect(await forgetAll()).toBe(3)
  expect(await forgetAll()).toBe(0)
})

test('what only forgotten jobs said is forgotten with them, and what others say stays', async () => {
  const { assetId } = await at.addConnection()
  const said: string[] = []
  for (const message of ['Only once', 'Twice', 'Twice']) {
    const id = await at.addJob(assetId)
    await runThrough(at.db, id, { kind: 'completed', message, counts: {} })
    said.push(id)
  }
  await age(40, ...said.slice(0, 2))
  expect(await forgetAll()).toBe(2)
  const phrases = await at.db.selectFrom('job_phrase').select('said').execute()
  expect(phrases).toEqual([{ said: 'twice' }])
  const page = { sort: 'createdAt', order: 'desc', limit: 50 } as const
  const found = await listJobs(at.db, at.actor.organizationId, { text: 'twice' }, page)
  expect(found.map((job) => job.id)).toEqual(said.slice(2))
})

test('lists, counts and new jobs do not wait for it, and it does not wait for a job that somebody holds', async () => {
  const [free, held] = [await family(), await family()]
  await age(40, ...free.all, ...held.all)
  const { assetId } = await at.addConnection()
  await at.db.transaction().execute(async (holder) => {
    await holder.selectFrom('job').select('id').where('id', '=', held.child).forUpdate().execute()
    await at.db.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = '1s'`.execute(trx)
      expect(await forgetJobsIn(trx, { cutoff, after: undefined, limit: 50 })).toMatchObject({ removed: 3 })
      // Not committed: whoever waited for it would wait for ever.
      const page = await listJobs(at.db, at.actor.organizationId, {}, { sort: 'createdAt', order: 'desc', limit: 50 })
      expect(page.map((job) => job.id)).toEqual(expect.arrayContaining([...free.all, ...held.all]))
      expect((await countJobs(at.db, at.actor.organizationId, {})).all).toBe(6)
      expect(await at.statusOf(await at.addJob(assetId))).toBe('pending')
      const { rows } =
        await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          at.db,
        )
      expect(rows).toEqual([])
    })
  })
  expect(await rest()).toEqual(expect.arrayContaining(held.all))
  expect(await forgetAll()).toBe(3)
})

test('a retry that comes in the same moment finds its job gone, and nothing breaks', async () => {
  const { all, child } = await family()
  await age(40, ...all)
  const [removed, retried] = await Promise.all([
    forgetAll(),
    createRetry(at.db, at.actor, child, { mode: 'from_start' }),
  ])
  expect([
    [3, 'not-found'],
    [0, 'created'],
  ]).toContainEqual([removed, retried.kind])
})

test('old events go, the newest stays: a stream knows whether it missed any', async () => {
  const { all } = await family()
  const before = await jobEventRange(at.db)
  expect(await forgetEvents(at.db, cutoff, 1_000)).toBe(0)
  await age(40, ...all)
  expect(await forgetEvents(at.db, cutoff, 2)).toBe(2)
  expect(await forgetEvents(at.db, cutoff, 1_000)).toBeGreaterThan(0)
  expect(await jobEventRange(at.db)).toEqual({ oldest: before.newest, newest: before.newest })
})

test('old log lines go, in batches', async () => {
  const [old, young] = [await family(), await family()]
  await age(40, ...old.all)
  const linesOf = async (ids: string[]) =>
    (
      await at.db
        .selectFrom('job_log')
        .select('id')
        .where('job_id', '=', sql<string>`any(${ids}::uuid[])`)
        .execute()
    ).length
  const [gone, kept] = [await linesOf(old.all), await linesOf(young.all)]
  expect(gone).toBeGreaterThan(2)
  expect(await forgetLogs(at.db, cutoff, 2)).toBe(2)
  expect(await forgetLogs(at.db, cutoff, 1_000)).toBe(gone - 2)
  expect([await linesOf(old.all), await linesOf(young.all)]).toEqual([0, kept])
})

test('of snapshots and versions the newest stays, however old it is', async () => {
  const { connectionId, assetId } = await at.addConnection()
  const organizationId = at.actor.organizationId
  const days = [500, 450, 410]
  const times = days.map((day) => new Date(Date.now() - day * dayMs))
  await at.db
    .insertInto('snapshot')
    .values(
      times.map((time) => ({
        job_id: newId(),
        organization_id: organizationId,
        connection_id: connectionId,
        taken_at: time,
        scopes: '[]',
        scope: JSON.stringify(wholeCatalog),
        counts: '{}',
      })),
    )
    .execute()
  await at.db
    .insertInto('asset_version')
    .values(times.map((time) => ({ asset_id: assetId, job_id: newId(), name: 'shop', detected_at: time })))
    .execute()
  await at.db
    .insertInto('schema_change')
    .values(
      [...times, new Date()].map((time) => ({
        organization_id: organizationId,
        asset_id: assetId,
        database_id: assetId,
        job_id: newId(),
        kind: 'table_added' as const,
        breaking: false,
        detected_at: time,
      })),
    )
    .execute()
  for (const forget of [forgetSnapshots, forgetAssetVersions]) {
    expect(await forget(at.db, cutoff, 1)).toBe(1)
    expect(await forget(at.db, cutoff, 10)).toBe(1)
    expect(await forget(at.db, cutoff, 10)).toBe(0)
  }
  expect((await at.db.selectFrom('snapshot').select('taken_at').execute())[0]?.taken_at).toEqual(times[2])
  expect(await forgetSchemaChanges(at.db, cutoff, 10)).toBe(3)
  expect(await at.db.selectFrom('schema_change').select('id').execute()).toHaveLength(1)
})

test('operations that ended long ago go with their refusals; one that runs stays', async () => {
  const operation = (ended: Date | null) => ({
    id: newId(),
    organization_id: at.actor.organizationId,
    action: 'retry' as const,
    status: ended ? ('completed' as const) : ('running' as const),
    ids: ['a'],
    actor: 'ann',
    request_id: 'r',
    total: 1,
    total_capped: false,
    created_at: new Date(0),
    ended_at: ended,
  })
  const [old, running] = [operation(new Date(0)), operation(null)]
  await at.db
    .insertInto('operation')
    .values([old, running, operation(new Date())])
    .execute()
  await at.db
    .insertInto('operation_refusal')
    .values({ operation_id: old.id, position: 1, job_id: 'a', reason: 'b' })
    .execute()
  expect(await forgetOperations(at.db, cutoff, 10)).toBe(1)
  expect(await at.db.selectFrom('operation').select('id').execute()).toHaveLength(2)
  expect(await at.db.selectFrom('operation_refusal').selectAll().execute()).toEqual([])
})

import {
  createJob,
  createJobLedger,
  createRetry,
  findJob,
  markUnreachable,
  readJobEvents,
  requestCancel,
  updateConnection,
  type JobRow,
} from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, failed, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const types: JobType[] = [
  'schema_discovery',
  'tag_generation',
  'lineage_extraction',
  'freshness_check',
  'metric_capture',
]
const givenUp = { code: 'slot-given-up' }
const first = (jobId: string, step = 'connect') => ({ jobId, step, attempt: 1, runId: 'run' })

async function create(assetId: string, type: JobType = 'schema_discovery'): Promise<JobRow> {
  const created = await createJob(at.db, at.actor, { type, assetId, config: {}, trigger: 'manual' })
  if (created.kind !== 'created') throw new Error(created.kind)
  return created.job
}

const find = async (id: string) => findJob(at.db, at.actor.organizationId, id)

test('a job with a slot is pending until the first attempt of its first step begins it, in one event', async () => {
  const { assetId } = await at.addConnection()
  const job = await create(assetId)
  expect(job).toMatchObject({ status: 'pending', slot_kept: true, step: null, started_at: null })
  const ledger = createJobLedger(at.db)
  const before = await readJobEvents(at.db, { after: 0, limit: 1000 })
  expect(await ledger.beginAttempt(first(job.id))).toMatchObject({ assetId, failures: 0 })
  const begun = await find(job.id)
  expect(begun).toMatchObject({ status: 'running', step: 'connect', message: 'Connect', run_id: 'run' })
  const events = await readJobEvents(at.db, { after: before.at(-1)?.id ?? 0, limit: 1000 })
  expect(events.map((event) => event.job_id)).toEqual([job.id])
  // As after a worker that was lost before it could answer.
  expect(await ledger.beginAttempt({ ...first(job.id), attempt: 2 })).toMatchObject({ failures: 0 })
  const steps = at.db.selectFrom('job_step').select(['status', 'attempts']).where('job_id', '=', job.id)
  expect(await steps.orderBy('position').executeTakeFirst()).toEqual({ status: 'running', attempts: 2 })
})

test('a slot that is kept is taken: who comes later waits, and gets it when the job has ended', async () => {
  const { assetId } = await at.addConnection(1)
  const [holder, later] = [await create(assetId, types[0]), await create(assetId, types[1])]
  expect([holder.slot_kept, later.slot_kept]).toEqual([true, false])
  const ledger = createJobLedger(at.db)
  expect(await ledger.begin(later.id)).toEqual({ kind: 'waiting', position: 1 })
  await ledger.beginAttempt(first(holder.id))
  expect(await ledger.begin(later.id)).toEqual({ kind: 'waiting', position: 1 })
  expect(await ledger.end(holder.id, completed)).toEqual({ ended: true, admitted: [later.id] })
})

test('a run that asks nevertheless is given the slot that is kept for its job', async () => {
  const { assetId } = await at.addConnection(1)
  const job = await create(assetId)
  expect(await createJobLedger(at.db).begin(job.id, 'run')).toEqual({
    kind: 'admitted',
    opened: 'connect',
    finished: [],
  })
})

test('no slot is kept while an earlier job is without one, though it has not asked yet', async () => {
  const { assetId } = await at.addConnection(1)
  const [holder, earlier] = [await create(assetId, types[0]), await create(assetId, types[1])]
  await createJobLedger(at.db).end(holder.id, completed)
  expect((await create(assetId, types[2])).slot_kept).toBe(false)
  expect(await createJobLedger(at.db).begin(earlier.id)).toMatchObject({ kind: 'admitted' })
})

test('of many requests at the same time no more are given slots than there are', async () => {
  for (let round = 0; round < 5; round++) {
    const { assetId } = await at.addConnection(2)
    const jobs = await Promise.all(types.map((type) => create(assetId, type).catch(() => undefined)))
    expect(jobs.filter((job) => job?.slot_kept === true).length).toBeLessThanOrEqual(2)
    expect(jobs.filter((job) => job?.slot_kept === true).length).toBeGreaterThan(0)
  }
})

test('the slot of a pending job that is cancelled goes to the next', async () => {
  const { assetId } = await at.addConnection(1)
  const [holder, next] = [await create(assetId, types[0]), await create(assetId, types[1])]
  const ledger = createJobLedger(at.db)
  await ledger.begin(next.id)
  expect(await requestCancel(at.db, at.actor, holder.id, undefined)).toEqual({ kind: 'ended', admitted: [next.id] })
  await expect(ledger.beginAttempt(first(holder.id))).rejects.toMatchObject({ code: 'job-already-ended' })
  expect(await ledger.begin(holder.id)).toEqual({ kind: 'ended' })
})

test('a pause takes the slots of jobs that have not begun; they wait in line and get one when it is over', async () => {
  const { connectionId, assetId } = await at.addConnection(1)
  const job = await create(assetId)
  await updateConnection(at.db, at.actor, connectionId, { paused: true })
  expect((await create(assetId, types[1])).slot_kept).toBe(false)
  const ledger = createJobLedger(at.db)
  await expect(ledger.beginAttempt(first(job.id))).rejects.toMatchObject(givenUp)
  expect(await find(job.id)).toMatchObject({ status: 'pending', position: 1, connection_paused: true, run_id: 'run' })
  expect(await ledger.begin(job.id)).toEqual({ kind: 'waiting', position: 1 })
  expect(await updateConnection(at.db, at.actor, connectionId, { paused: false })).toMatchObject({ admitted: [job.id] })
  expect(await ledger.begin(job.id, 'run')).toEqual({ kind: 'admitted', opened: 'connect', finished: [] })
  expect(await ledger.beginAttempt(first(job.id))).toMatchObject({ failures: 0 })
})

test('a job whose start does not get through keeps no slot from others', async () => {
  const { assetId } = await at.addConnection(1)
  const [lost, other] = [await create(assetId, types[0]), await create(assetId, types[1])]
  await markUnreachable(at.db, lost.id)
  expect(await find(lost.id)).toMatchObject({ status: 'pending', unreachable: true, slot_kept: false })
  const ledger = createJobLedger(at.db)
  expect(await ledger.begin(other.id)).toMatchObject({ kind: 'admitted' })
  // The start had got through, only its answer had not.
  await expect(ledger.beginAttempt(first(lost.id))).rejects.toMatchObject(givenUp)
  expect(await ledger.end(other.id, completed)).toEqual({ ended: true, admitted: [lost.id] })
})

test('an attempt of another run does not take the step of a job that has begun', async () => {
  const { assetId } = await at.addConnection()
  const job = await create(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.beginAttempt(first(job.id))
  const ofReset = { ...first(job.id), runId: 'reset' }
  await expect(ledger.beginAttempt(ofReset)).rejects.toMatchObject({ code: 'attempt-superseded' })
  expect(await ledger.begin(job.id, 'reset')).toMatchObject({ kind: 'admitted', opened: null })
  await ledger.openStep(job.id, 'connect', null, 'reset')
  expect(await ledger.beginAttempt(ofReset)).toMatchObject({ failures: 0 })
})

test('a retry asks for its slot: it may go on from a later step', async () => {
  const { assetId } = await at.addConnection()
  const job = await create(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.beginAttempt(first(job.id))
  await ledger.end(job.id, failed)
  const retried = await createRetry(at.db, at.actor, job.id, { mode: 'from_start' })
  if (retried.kind !== 'created') throw new Error(retried.kind)
  expect(await find(retried.jobId)).toMatchObject({ status: 'pending', slot_kept: false })
})

test('a source is opened by what the begin of the attempt gave, where it is asked for', async () => {
  const { connectionId, assetId } = await at.addConnection()
  const job = await create(assetId)
  const ledger = createJobLedger(at.db)
  const { opening } = (await ledger.beginAttempt(first(job.id), { opening: true })) ?? {}
  expect(opening).toMatchObject({ kind: 'postgres', settings: { database: 'shop' } })
  expect(opening?.sealedCredentials.toString()).toBe('sealed')
  expect(await ledger.beginAttempt(first(job.id))).not.toHaveProperty('opening.kind')
  await at.db.updateTable('connection').set({ sealed_credentials: null }).where('id', '=', connectionId).execute()
  expect(await ledger.beginAttempt(first(job.id), { opening: true })).toMatchObject({ opening: undefined })
})

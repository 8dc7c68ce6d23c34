import {
  cancelOperation,
  countUpTo,
  createJobLedger,
  createOperation,
  endOperation,
  findOperation,
  listAudit,
  refusalsOf,
  workOperation,
  type NewOperation,
} from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, failed, runThrough, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const begin = (input: Partial<NewOperation> & Pick<NewOperation, 'action'>) =>
  createOperation(at.db, at.actor, { total: 0, totalCapped: input.filter !== undefined, asked: {}, ...input })
const work = (id: string, limit = 50) => workOperation(at.db, id, { limit, signal: new AbortController().signal })
const shown = async (id: string) => {
  const row = await findOperation(at.db, at.actor.organizationId, id)
  if (!row) throw new Error(`no operation ${id}`)
  return row
}

async function failedJobs(count: number): Promise<{ connectionId: string; jobs: string[] }> {
  const types: JobType[] = ['schema_discovery', 'tag_generation', 'lineage_extraction']
  const { connectionId, assetId } = await at.addConnection()
  const jobs = await Promise.all(types.slice(0, count).map((type) => at.addJob(assetId, type)))
  for (const job of jobs) await runThrough(at.db, job, failed)
  return { connectionId, jobs }
}

const attemptsOf = async (connectionId: string) => {
  const rows = await at.db.selectFrom('job').select('attempt').where('connection_id', '=', connectionId).execute()
  return rows.map((row) => row.attempt).toSorted((a, b) => a - b)
}

test('every failed job of a filter is retried once, though the retries fall under the filter too', async () => {
  const { connectionId, jobs } = await failedJobs(3)
  const filter = { connectionId, statuses: ['failed' as const, 'pending' as const] }
  expect(await countUpTo(at.db, at.actor.organizationId, { ...filter, allows: 'retry' }, 10)).toBe(3)
  const id = await begin({ action: 'retry', filter })
  expect(await work(id, 2)).toMatchObject({ ended: false })
  expect(await shown(id)).toMatchObject({ total: 3, done: 2, succeeded: 2, status: 'running' })
  expect(await work(id, 2)).toMatchObject({ ended: true })
  expect(await shown(id)).toMatchObject({ total: 3, done: 3, succeeded: 3, refused: 0, status: 'completed' })
  expect(await attemptsOf(connectionId)).toEqual([1, 1, 1, 2, 2, 2])
  const entries = await listAudit(at.db, at.actor.organizationId, { action: 'job.retry', limit: 3 })
  expect(entries.map((entry) => entry.target_id).toSorted()).toEqual(jobs.toSorted())
  expect(new Set(entries.map((entry) => entry.request_id))).toEqual(new Set([at.actor.requestId]))
})

test('two workers at the same page act on no job twice', async () => {
  const { connectionId } = await failedJobs(3)
  const id = await begin({ action: 'retry', filter: { connectionId } })
  await Promise.all([work(id), work(id), work(id)])
  while (!(await work(id)).ended);
  expect(await shown(id)).toMatchObject({ done: 3, succeeded: 3, refused: 0, status: 'completed' })
  expect(await attemptsOf(connectionId)).toEqual([1, 1, 1, 2, 2, 2])
})

test('of ids every one is answered for: done, or refused with the reason', async () => {
  const { assetId } = await at.addConnection()
  const [pending, running] = [await at.addJob(assetId), await at.addJob(assetId, 'tag_generation')]
  const ended = await at.addJob(assetId, 'lineage_extraction')
  await createJobLedger(at.db).begin(running)
  await runThrough(at.db, ended, completed)
  const stranger = crypto.randomUUID()
  const ids = [pending, running, ended, stranger, 'rubbish']
  const id = await begin({ action: 'cancel', ids, total: 5, reason: 'maintenance' })
  const page = await work(id)
  expect(page).toMatchObject({ ended: true, cancelled: [pending, running] })
  expect(await shown(id)).toMatchObject({ total: 5, done: 5, succeeded: 2, refused: 3, status: 'completed' })
  expect((await refusalsOf(at.db, [id])).get(id)).toEqual([
    { operation_id: id, job_id: ended, reason: 'Already completed' },
    { operation_id: id, job_id: stranger, reason: 'The job, or its asset, is not there any more' },
    { operation_id: id, job_id: 'rubbish', reason: 'The job, or its asset, is not there any more' },
  ])
  expect(await at.statusOf(pending)).toBe('cancelled')
  expect(await at.statusOf(running)).toBe('running')
  const again = await begin({ action: 'cancel', ids: [running], total: 1 })
  await work(again)
  expect((await refusalsOf(at.db, [again])).get(again)?.[0]?.reason).toBe('Already being cancelled')
})

test('from the failure, a job goes on where it stopped, and one that can only begin again is refused', async () => {
  const { assetId, connectionId } = await at.addConnection()
  const [stopped, begun] = [await at.addJob(assetId), await at.addJob(assetId, 'tag_generation')]
  const ledger = createJobLedger(at.db)
  await ledger.begin(stopped)
  await ledger.openStep(stopped, 'connect')
  await ledger.openStep(stopped, 'read_catalog', { step: 'connect', result: null })
  await ledger.end(stopped, failed)
  await runThrough(at.db, begun, failed)
  const id = await begin({ action: 'retry', ids: [stopped, begun], total: 2, retryMode: 'from_failure' })
  await work(id)
  expect(await shown(id)).toMatchObject({ done: 2, succeeded: 1, refused: 1, retry_mode: 'from_failure' })
  const [refusal] = (await refusalsOf(at.db, [id])).get(id) ?? []
  expect(refusal).toMatchObject({ job_id: begun, reason: expect.stringContaining('retry it from the start') })
  const attempt = await at.db
    .selectFrom('job')
    .innerJoin('job_step as s', 's.job_id', 'job.id')
    .select(['s.name', 's.taken_over_from'])
    .where('job.connection_id', '=', connectionId)
    .where('job.retry_of', '=', stopped)
    .where('s.taken_over_from', 'is not', null)
    .execute()
  expect(attempt).toEqual([{ name: 'connect', taken_over_from: stopped }])
})

test('refusals beyond the first hundred are counted only', async () => {
  const ids = Array.from({ length: 120 }, () => crypto.randomUUID())
  const id = await begin({ action: 'retry', ids, total: 120 })
  while (!(await work(id)).ended);
  expect(await shown(id)).toMatchObject({ done: 120, refused: 120 })
  expect((await refusalsOf(at.db, [id])).get(id)).toHaveLength(100)
})

test('another organization can neither be acted on nor see or stop an operation', async () => {
  const { assetId } = await at.addConnection()
  const job = await at.addJob(assetId)
  const stranger = crypto.randomUUID()
  await at.db.insertInto('organization').values({ id: stranger, name: 'other' }).execute()
  const theirs = { ...at.actor, organizationId: stranger }
  const input = { action: 'cancel', total: 1, totalCapped: false, asked: {} } as const
  for (const targets of [{ ids: [job] }, { filter: {} }]) {
    const id = await createOperation(at.db, theirs, { ...input, ...targets })
    await work(id)
    expect(await findOperation(at.db, stranger, id)).toMatchObject({ succeeded: 0, status: 'completed' })
    expect(await findOperation(at.db, at.actor.organizationId, id)).toBeUndefined()
    expect(await cancelOperation(at.db, at.actor, id, undefined)).toBe('not-found')
  }
  expect(await at.statusOf(job)).toBe('pending')
})

test('a cancelled operation leaves alone what it has not acted on', async () => {
  const { connectionId } = await failedJobs(3)
  const id = await begin({ action: 'retry', filter: { connectionId } })
  await at.db.updateTable('operation').set({ run_id: 'a run' }).where('id', '=', id).execute()
  await work(id, 1)
  expect(await cancelOperation(at.db, at.actor, id, 'enough')).toBe('cancelling')
  expect(await cancelOperation(at.db, at.actor, id, undefined)).toBe('cancelling')
  expect(await work(id, 1)).toEqual({ ended: true, cancelled: [], admitted: [] })
  expect(await shown(id)).toMatchObject({ status: 'cancelled', done: 1, cancel_requested_by: 'ann' })
  expect(await attemptsOf(connectionId)).toEqual([1, 1, 1, 2])
  expect(await cancelOperation(at.db, at.actor, id, undefined)).toBe('already-ended')
  const [entry] = await listAudit(at.db, at.actor.organizationId, {
    targetId: id,
    action: 'operation.cancel',
    limit: 9,
  })
  expect(entry).toBeDefined()
})

test('one that never reached Temporal ends at once, and an ended one never changes', async () => {
  const { connectionId } = await failedJobs(1)
  const id = await begin({ action: 'retry', filter: { connectionId } })
  expect(await cancelOperation(at.db, at.actor, id, undefined)).toBe('ended')
  expect(await work(id)).toMatchObject({ ended: true })
  expect(await endOperation(at.db, id, { status: 'failed', error: 'late' })).toBe(false)
  expect(await shown(id)).toMatchObject({ status: 'cancelled', error: null })
  expect(await attemptsOf(connectionId)).toEqual([1])
})

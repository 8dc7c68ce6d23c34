import {
  createJobLedger,
  createRetry,
  findJob,
  jobParts,
  listAudit,
  readJobEvents,
  requestCancel,
} from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, failed, openStep, runThrough, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const find = async (id: string) => {
  const row = await findJob(at.db, at.actor.organizationId, id)
  if (!row) throw new Error(`no job ${id}`)
  return row
}

test('progress follows the weights of the steps, never goes back, and is 100 only at the end', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  await ledger.openStep(id, 'connect', null, 'run')
  const lease = await openStep(at.db, id, 'read_catalog')
  expect(await find(id)).toMatchObject({ percent: 5, step: 'read_catalog', message: 'Read catalog' })
  await ledger.recordProgress(lease, { done: 50, total: 100, message: '50 of 100 relations' })
  expect(await find(id)).toMatchObject({ percent: 30, step_done: 50, step_total: 100, message: '50 of 100 relations' })
  await ledger.recordProgress(lease, { done: 10, total: 100 })
  expect(await find(id)).toMatchObject({ percent: 30, step_done: 50 })
  await ledger.recordProgress(lease, { done: 500, total: 100 })
  expect((await find(id)).percent).toBe(55)
  await ledger.end(id, completed)
  expect(await find(id)).toMatchObject({ percent: 100, status: 'completed', message: 'done', counts: { tables: 3 } })
})

test('the first step begins with the admission, once, and not again for a run that was reset', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  expect(await ledger.begin(id, 'first')).toEqual({ kind: 'admitted', opened: 'connect', finished: [] })
  const begun = await find(id)
  expect(begun).toMatchObject({ status: 'running', step: 'connect', message: 'Connect', run_id: 'first' })
  expect(await ledger.begin(id, 'first')).toEqual({ kind: 'admitted', opened: 'connect', finished: [] })
  expect(await ledger.begin(id, 'second')).toEqual({ kind: 'admitted', opened: null, finished: [] })
  expect(await find(id)).toEqual(begun)
  await ledger.openStep(id, 'read_catalog', { step: 'connect', result: null }, 'first')
  expect(await ledger.begin(id, 'second')).toMatchObject({ opened: null })
})

test('a run that was reset goes over its steps again; a call that comes late does not', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  const steps = async () =>
    at.db
      .selectFrom('job_step')
      .select(['status', 'done', 'attempts', 'last_error'])
      .where('job_id', '=', id)
      .orderBy('position')
      .execute()
  await ledger.begin(id, 'first')
  await ledger.openStep(id, 'connect', null, 'first')
  await ledger.openStep(id, 'read_catalog', { step: 'connect', result: null }, 'first')
  const lease = { jobId: id, step: 'read_catalog', attempt: 2, runId: 'first' }
  await ledger.beginAttempt(lease)
  await ledger.failAttempt(lease, { error: 'broke off', retry: null })
  await ledger.recordProgress(lease, { done: 50, total: 100 })
  await ledger.openStep(id, 'compare', { step: 'read_catalog', result: { relations: 100 } }, 'first')
  const before = await steps()
  await ledger.openStep(id, 'connect', null, 'first')
  await ledger.openStep(id, 'read_catalog', { step: 'connect', result: null }, 'first')
  expect(await steps()).toEqual(before)

  await ledger.openStep(id, 'read_catalog', { step: 'connect', result: null }, 'second')
  const afresh = { done: null, attempts: 0, last_error: null }
  expect((await steps()).slice(0, 3)).toMatchObject([
    { status: 'completed' },
    { status: 'running', ...afresh },
    { status: 'pending', ...afresh },
  ])
  const { percent } = await find(id)
  await ledger.recordProgress({ ...lease, attempt: 0 }, { done: 90, total: 100 })
  const afreshLease = { ...lease, attempt: 1, runId: 'second' }
  await ledger.beginAttempt(afreshLease)
  await ledger.recordProgress(afreshLease, { done: 5, total: 100 })
  expect(await find(id)).toMatchObject({ percent, step: 'read_catalog', step_done: 5 })
  await ledger.openStep(id, 'compare', { step: 'read_catalog', result: { relations: 100 } }, 'second')
  expect((await steps()).slice(0, 3).map(({ status }) => status)).toEqual(['completed', 'completed', 'running'])
})

test('what comes after the end changes nothing', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  const lease = await openStep(at.db, id, 'connect')
  await ledger.end(id, failed)
  const ended = await find(id)
  await ledger.openStep(id, 'connect')
  await ledger.recordProgress(lease, { done: 1, total: 1 })
  await ledger.failAttempt(lease, { error: 'too late', retry: { at: new Date(), message: 'again' } })
  const late = ledger.addWarnings(lease, [{ code: 'late', object: null, message: 'too late' }])
  await expect(late).rejects.toMatchObject({ code: 'job-already-ended' })
  await expect(ledger.beginAttempt({ ...lease, attempt: 2 })).rejects.toMatchObject({ code: 'job-already-ended' })
  expect(await ledger.end(id, completed)).toEqual({ ended: false, admitted: [] })
  expect(await find(id)).toEqual(ended)
})

test('every change is one event, in order, and repeated calls add none', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  await ledger.begin(id)
  await ledger.openStep(id, 'connect')
  await ledger.openStep(id, 'read_catalog')
  await ledger.openStep(id, 'read_catalog')
  await ledger.end(id, completed)
  await ledger.end(id, completed)
  const events = (await readJobEvents(at.db, { after: 0, limit: 1000 })).filter((event) => event.job_id === id)
  expect(events).toHaveLength(4)
  expect(events.map((event) => event.id)).toEqual(events.map((event) => event.id).toSorted((a, b) => a - b))
})

test('warnings are kept once each and counted', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  const lease = await openStep(at.db, id, 'connect')
  const warning = { code: 'no-select', object: 'hr.salary', message: 'cannot be sampled' }
  await ledger.addWarnings(lease, [warning, { ...warning, object: 'hr.bonus' }])
  await ledger.addWarnings(lease, [warning])
  const row = await find(id)
  expect(row.warnings).toBe(2)
  expect((await jobParts(at.db, row)).warnings.map((one) => one.object)).toEqual(['hr.bonus', 'hr.salary'])
})

test('a retry continues the chain, only from the newest attempt, and resolves what failed before', async () => {
  const { assetId } = await at.addConnection()
  const first = await at.addJob(assetId)
  expect(await createRetry(at.db, at.actor, first, { mode: 'from_start' })).toEqual({
    kind: 'refused',
    reason: 'Still pending',
  })
  await runThrough(at.db, first, failed)
  const second = await createRetry(at.db, at.actor, first, { mode: 'from_start', config: { followUps: [] } })
  if (second.kind !== 'created') throw new Error(second.kind)
  expect(await find(second.jobId)).toMatchObject({
    attempt: 2,
    retry_of: first,
    root_job_id: first,
    trigger_kind: 'retry',
    config: { followUps: [] },
  })
  expect(await createRetry(at.db, at.actor, first, { mode: 'from_start' })).toMatchObject({ kind: 'refused' })
  await runThrough(at.db, second.jobId, completed)
  expect((await find(first)).resolved_by_job_id).toBe(second.jobId)
  expect((await jobParts(at.db, await find(first))).chain.map((job) => job.attempt)).toEqual([1, 2])
})

test('of two retries at the same time one wins', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  await runThrough(at.db, id, failed)
  const kinds = (await Promise.all([1, 2, 3].map(() => createRetry(at.db, at.actor, id, { mode: 'from_start' })))).map(
    (answer) => answer.kind,
  )
  expect(kinds.toSorted()).toEqual(['created', 'refused', 'refused'])
})

test('children are written once however often the parent asks, and a twin is a warning', async () => {
  const { assetId } = await at.addConnection()
  const parent = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(parent)
  const twin = await at.addJob(assetId, 'lineage_extraction')
  const children = [
    { id: crypto.randomUUID(), type: 'tag_generation' as const, config: { scope: 'changed' } },
    { id: crypto.randomUUID(), type: 'lineage_extraction' as const, config: { scope: 'changed' } },
  ]
  const [tags] = children
  expect(await ledger.createChildren(parent, children)).toEqual([tags?.id])
  expect(await ledger.createChildren(parent, children)).toEqual([tags?.id])
  const row = await find(parent)
  const parts = await jobParts(at.db, row)
  expect(parts.children.map((child) => child.id)).toEqual([tags?.id])
  expect(parts.children[0]).toMatchObject({ trigger_kind: 'parent', actor: 'ann', parent_job_id: parent })
  expect(parts.warnings.map((warning) => warning.code)).toEqual(['job-already-active'])
  expect(await at.statusOf(twin)).toBe('pending')
})

test('a running job is marked as cancelling and tells in the audit who asked and why', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  await createJobLedger(at.db).begin(id)
  expect(await requestCancel(at.db, at.actor, id, 'wrong database')).toEqual({ kind: 'cancelling' })
  expect(await requestCancel(at.db, at.actor, id, 'again')).toEqual({ kind: 'cancelling' })
  await createJobLedger(at.db).end(id, { kind: 'cancelled' })
  expect(await find(id)).toMatchObject({ status: 'cancelled', message: 'Cancelled by ann: wrong database' })
  const entries = await listAudit(at.db, at.actor.organizationId, { targetId: id, limit: 10 })
  expect(entries.map(({ action, actor, reason }) => ({ action, actor, reason }))).toEqual([
    { action: 'job.cancel', actor: 'ann', reason: 'again' },
    { action: 'job.cancel', actor: 'ann', reason: 'wrong database' },
    { action: 'job.create', actor: 'ann', reason: null },
  ])
})

test('the audit cannot be changed', async () => {
  await expect(at.db.updateTable('audit').set({ actor: 'nobody' }).execute()).rejects.toThrow('append only')
  await expect(at.db.deleteFrom('audit').execute()).rejects.toThrow('append only')
})

test('another organization finds nothing', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const stranger = { ...at.actor, organizationId: crypto.randomUUID() }
  expect(await findJob(at.db, stranger.organizationId, id)).toBeUndefined()
  expect(await requestCancel(at.db, stranger, id, undefined)).toEqual({ kind: 'not-found' })
  expect(await createRetry(at.db, stranger, id, { mode: 'from_start' })).toEqual({ kind: 'not-found' })
})

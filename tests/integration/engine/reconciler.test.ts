import { createJob, identify, openDatabase } from '@plumbline/store'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { hangingServer, inSource, manyTables } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let product: Product
let temporal: Client
let hanging: Awaited<ReturnType<typeof hangingServer>>
beforeAll(async () => {
  const namespace = await createNamespace()
  product = await startProduct({ namespace })
  await product.startWorker()
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }), namespace })
  hanging = await hangingServer()
})
afterAll(async () => {
  await hanging.close()
  await product.stop()
  await temporal.connection.close()
})

const statusOf = (id: string) => async () => (await product.job(id)).status
/** What the design promises for a run that ended outside: seen within ten seconds. */
const promised = { timeout: 10_000, interval: 200 }

async function runningJob(name: string): Promise<string> {
  const { rootAssetId } = await product.connect(name, hanging.url)
  const { id } = await product.start('schema_discovery', rootAssetId)
  await expect.poll(statusOf(id)).toBe('running')
  return id
}

test('a run terminated in Temporal ends its job as cancelled, with who and why', async () => {
  const id = await runningJob('terminated')
  await temporal.workflow.getHandle(`job-${id}`).terminate('operator: wrong window')
  await expect.poll(statusOf(id), promised).toBe('cancelled')
  const { message } = await product.job(id)
  expect(message).toMatch(/^Cancelled by .+: operator: wrong window$/)
})

test('a run cancelled in Temporal ends its job as cancelled', async () => {
  const id = await runningJob('cancelled in temporal')
  await temporal.workflow.getHandle(`job-${id}`).cancel()
  await expect.poll(statusOf(id), promised).toBe('cancelled')
  expect((await product.job(id)).message).toBe('Cancelled by Temporal')
})

test('a run that reaches its time limit ends its job as failed', async () => {
  const { rootAssetId } = await product.connect('timed out', hanging.url)
  const db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
  const identity = await identify(db, product.gateway.token)
  const actor = { organizationId: identity?.organizationId ?? '', name: 'ann', requestId: 'r' }
  const created = await createJob(db, actor, {
    type: 'schema_discovery',
    assetId: rootAssetId,
    config: { followUps: [] },
    trigger: 'manual',
  })
  await db.destroy()
  if (created.kind !== 'created') throw new Error(created.kind)
  await temporal.workflow.start('schemaDiscovery', {
    workflowId: `job-${created.job.id}`,
    taskQueue: 'workflows',
    workflowExecutionTimeout: '2 seconds',
    args: [{ jobId: created.job.id, config: { followUps: [] } }],
  })
  await expect.poll(statusOf(created.job.id)).toBe('failed')
  expect((await product.job(created.job.id)).error).toMatchObject({ code: 'run-timed-out' })
})

test('a run paused in Temporal shows as paused, and as running again when it goes on', async () => {
  const id = await runningJob('paused')
  const execution = {
    namespace: temporal.options.namespace,
    workflowId: `job-${id}`,
    identity: 'operator',
    reason: 'look',
  }
  const flags = async () => (await product.job(id)).flags
  await temporal.workflowService.pauseWorkflowExecution({ ...execution, requestId: crypto.randomUUID() })
  await expect.poll(flags, promised).toEqual(['paused'])
  expect((await product.job(id)).status).toBe('running')
  await temporal.workflowService.unpauseWorkflowExecution({ ...execution, requestId: crypto.randomUUID() })
  await expect.poll(flags, promised).toEqual([])
  await product.gateway.call('POST', `/jobs/${id}/cancel`, {})
  await expect.poll(statusOf(id)).toBe('cancelled')
})

/** Resets the run to one of its workflow tasks, counted from 0. @returns the id of the new run */
async function reset(jobId: string, task: number): Promise<string> {
  const { events } = await temporal.workflow.getHandle(`job-${jobId}`).fetchHistory()
  const point = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes)[task]?.eventId
  const { runId } = await temporal.workflowService.resetWorkflowExecution({
    namespace: temporal.options.namespace,
    workflowExecution: { workflowId: `job-${jobId}` },
    ...(point && { workflowTaskFinishEventId: point }),
    requestId: crypto.randomUUID(),
    reason: 'again',
  })
  return runId ?? ''
}

test('a run reset in Temporal goes on under its new id, and its job ends once', async () => {
  const id = await runningJob('reset')
  await expect.poll(async () => (await product.detail(id)).steps[0]?.attempts).toBe(1)
  const runId = await reset(id, 0)
  await expect.poll(async () => (await product.detail(id)).workflow.runId, promised).toBe(runId)
  await expect
    .poll(async () => (await product.detail(id)).steps[0], promised)
    .toMatchObject({ status: 'running', attempts: 1 })
  expect(await product.job(id)).toMatchObject({ status: 'running', flags: [] })
  await product.gateway.call('POST', `/jobs/${id}/cancel`, {})
  await expect.poll(statusOf(id)).toBe('cancelled')
})

test('a run that is reset after its job ended does no work again', async () => {
  const source = await createDatabase()
  await inSource(source, manyTables(10))
  const { rootAssetId } = await product.connect('reset after the end', source)
  const { id } = await product.start('schema_discovery', rootAssetId)
  await expect.poll(statusOf(id)).toBe('completed')
  const { children: before, ...record } = await product.detail(id)
  const runId = await reset(id, 1)
  const failed = temporal.workflow.getHandle(`job-${id}`, runId).result()
  await expect(failed).rejects.toMatchObject({ cause: { cause: { type: 'job-already-ended' } } })
  const { children, ...after } = await product.detail(id)
  expect(after).toEqual(record)
  expect(children.map((child) => child.id)).toEqual(before.map((child) => child.id))
})

test('the slot of a job that was ended from outside goes to the next one', async () => {
  const { rootAssetId } = await product.connect('one slot', hanging.url, { maxConcurrentJobs: 1 })
  const holder = await product.start('schema_discovery', rootAssetId)
  await expect.poll(statusOf(holder.id)).toBe('running')
  const waiting = await product.start('lineage_extraction', rootAssetId)
  await expect
    .poll(async () => (await product.job(waiting.id)).pendingReason)
    .toEqual({ code: 'waiting-for-slot', position: 1 })
  await temporal.workflow.getHandle(`job-${holder.id}`).terminate('make room')
  // With a slot it finds at once that there is nothing to trace.
  await expect.poll(statusOf(waiting.id)).toBe('failed')
  expect((await product.job(waiting.id)).error).toMatchObject({ code: 'not-discovered' })
})

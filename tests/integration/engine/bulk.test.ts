import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { hangingServer } from '../../support/source.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let product: Product
let temporal: Client
let hanging: Awaited<ReturnType<typeof hangingServer>>
beforeAll(async () => {
  const namespace = await createNamespace()
  product = await startProduct({ namespace })
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }), namespace })
  hanging = await hangingServer()
}, 60_000)
afterAll(async () => {
  await hanging.close()
  await product.stop()
  await temporal.connection.close()
})

const closed = 'postgres://reader:x@127.0.0.1:1/shop'
const patience = { timeout: 30_000, interval: 200 }
const bulk = (body: object) => product.gateway.call('POST', '/jobs/bulk', body)
const operation = async (id: string) => (await product.gateway.call('GET', `/operations/${id}`)).body

test('without a worker an operation is accepted, shown, and stopped', { timeout: 120_000 }, async () => {
  const { id } = await product.connect('no worker', closed)
  const { status, body } = await bulk({ action: 'retry', filter: { connectionId: id } })
  expect({ status, body }).toMatchObject({ status: 202, body: { status: 'running', progress: { done: 0, total: 0 } } })
  expect((await product.gateway.call('GET', '/operations?status=running')).body.items).toMatchObject([{ id: body.id }])
  const stopped = await product.gateway.call('POST', `/operations/${body.id}/cancel`, { reason: 'not now' })
  expect(stopped).toMatchObject({ status: 202, body: { cancelling: true } })
  await product.startWorker()
  await expect.poll(async () => (await operation(body.id)).status, patience).toBe('cancelled')
  expect(await product.gateway.call('POST', `/operations/${body.id}/cancel`)).toMatchObject({
    status: 409,
    body: { code: 'operation-already-ended' },
  })
})

test('a dry run shows what a retry would act on, then it runs', async () => {
  const connections = [await product.connect('closed', closed), await product.connect('closed too', closed)]
  const [first, second] = await Promise.all(
    connections.map(({ rootAssetId }) => product.start('schema_discovery', rootAssetId)),
  )
  const ended = async () => (await product.jobs('tab=failed')).length
  await expect.poll(ended, patience).toBe(2)
  const request = { action: 'retry', filter: { type: 'schema_discovery', tab: 'failed', unresolved: true } }
  const preview = await bulk({ ...request, dryRun: true })
  expect(preview).toMatchObject({ status: 200, body: { count: 2, capped: false } })
  const previewed = preview.body.sample.map((job: { id: string }) => job.id)
  expect(new Set(previewed)).toEqual(new Set([first?.id, second?.id]))
  expect(await product.jobs('')).toHaveLength(2)

  const { status, body } = await bulk(request)
  expect(status).toBe(202)
  await expect.poll(async () => (await operation(body.id)).status, patience).toBe('completed')
  expect(await operation(body.id)).toMatchObject({
    succeeded: 2,
    refused: 0,
    progress: { percent: 100, done: 2, total: 2 },
  })
  await expect.poll(ended, patience).toBe(4)
  const attempts = await product.jobs(`rootJobId=${first?.id}`)
  expect(attempts.map((job) => job.attempt)).toEqual([2, 1])
  expect((await bulk({ ...request, dryRun: true })).body.count).toBe(2)
})

test('a bulk cancel stops running and pending jobs', async () => {
  const { id, rootAssetId } = await product.connect('hangs', hanging.url, { maxConcurrentJobs: 1 })
  const running = await product.start('schema_discovery', rootAssetId)
  await expect.poll(async () => (await product.job(running.id)).status, patience).toBe('running')
  const waiting = await product.start('tag_generation', rootAssetId)
  const request = { action: 'cancel', filter: { connectionId: id, tab: 'active' }, reason: 'wrong source' }
  expect((await bulk({ ...request, dryRun: true })).body.count).toBe(2)
  const { body } = await bulk(request)
  await expect
    .poll(async () => (await product.jobs(`connectionId=${id}`)).map((job) => job.status), patience)
    .toEqual(['cancelled', 'cancelled'])
  await expect.poll(async () => (await operation(body.id)).status, patience).toBe('completed')
  expect((await product.job(waiting.id)).message).toBe('Cancelled by admin: wrong source')
  const runs = [running, waiting].map((job) => temporal.workflow.getHandle(`job-${job.id}`).describe())
  expect((await Promise.all(runs)).map((run) => run.status.name)).not.toContain('RUNNING')
})

test('an empty filter means all jobs, and says so', async () => {
  const all = (await product.jobs('limit=200')).filter((job) => job.status === 'failed').length
  const { status, body } = await bulk({ action: 'retry', filter: {}, dryRun: true })
  expect(status).toBe(200)
  expect(body.count).toBeGreaterThan(0)
  expect(body.count).toBeLessThanOrEqual(all + 2)
})

test('what is neither a filter nor ids, or both, is refused', async () => {
  for (const body of [
    { action: 'cancel' },
    { action: 'cancel', filter: {}, ids: ['a'] },
    { action: 'cancel', ids: [] },
    { action: 'stop', filter: {} },
    { action: 'cancel', filter: { unresolved: 'true' } },
    { action: 'cancel', filter: { colour: 'red' } },
  ]) {
    expect((await bulk(body)).status).toBe(422)
  }
  expect((await product.gateway.call('GET', `/operations/${crypto.randomUUID()}`)).status).toBe(404)
  expect((await product.gateway.call('POST', '/operations/nothing/cancel')).status).toBe(404)
})

test('a run that is terminated, or lost, brings its operation to a true end', async () => {
  const ids = Array.from({ length: 2_000 }, () => crypto.randomUUID())
  const { body } = await bulk({ action: 'retry', ids })
  await expect.poll(async () => (await operation(body.id)).progress.done, patience).toBeGreaterThan(0)
  await temporal.workflow.getHandle(`operation-${body.id}`).terminate('enough')
  await expect.poll(async () => (await operation(body.id)).status, patience).toBe('cancelled')

  const { body: lost } = await bulk({ action: 'retry', ids: ids.slice(0, 400) })
  await expect.poll(async () => (await operation(lost.id)).progress.done, patience).toBeGreaterThan(0)
  const execution = { workflowId: `operation-${lost.id}` }
  await temporal.workflowService.deleteWorkflowExecution({
    namespace: temporal.options.namespace,
    workflowExecution: execution,
  })
  await expect.poll(async () => (await operation(lost.id)).status, { timeout: 45_000, interval: 200 }).toBe('completed')
  expect(await operation(lost.id)).toMatchObject({ refused: 400, progress: { done: 400, percent: 100 } })
})

import { Client, Connection } from '@temporalio/client'
import { openDatabase, type Database } from '@plumbline/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway } from '../../support/gateway.ts'
import { startProduct, type Product } from '../../support/product.ts'
import type { ServiceProcess } from '../../support/service-process.ts'
import { hangingServer } from '../../support/source.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let product: Product
let temporal: Client
let db: Database
let worker: ServiceProcess
let hanging: Awaited<ReturnType<typeof hangingServer>>
beforeAll(async () => {
  const namespace = await createNamespace()
  product = await startProduct({ namespace })
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }), namespace })
  hanging = await hangingServer()
  db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
})
afterAll(async () => {
  await hanging.close()
  await product.stop()
  await db.destroy()
  await temporal.connection.close()
})

const closed = 'postgres://reader:x@127.0.0.1:1/shop'
const patience = { interval: 200 }
const bulk = (body: object) => product.gateway.call('POST', '/jobs/bulk', body)
const operation = async (id: string) => (await product.gateway.call('GET', `/operations/${id}`)).body

test('without a worker an operation is accepted, shown, and stopped', async () => {
  const { id } = await product.connect('no worker', closed)
  const { status, body } = await bulk({ action: 'retry', filter: { connectionId: id } })
  expect({ status, body }).toMatchObject({ status: 202, body: { status: 'running', progress: { done: 0, total: 0 } } })
  expect((await product.gateway.call('GET', '/operations?status=running')).body.items).toMatchObject([{ id: body.id }])
  const stopped = await product.gateway.call('POST', `/operations/${body.id}/cancel`, { reason: 'not now' })
  expect(stopped).toMatchObject({ status: 202, body: { cancelling: true } })
  worker = await product.startWorker()
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
    { action: 'cancel', filter: {}, mode: 'from_failure' },
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
  await expect.poll(async () => (await operation(lost.id)).status, { interval: 200 }).toBe('completed')
  expect(await operation(lost.id)).toMatchObject({ refused: 400, progress: { done: 400, percent: 100 } })
})

test('one that was accepted while Temporal was away is started later', async () => {
  const away = await startTestGateway({ databaseUrl: product.databaseUrl, temporalAddress: '127.0.0.1:1' })
  const { status, body } = await away.call('POST', '/jobs/bulk', { action: 'retry', ids: ['a', 'b'] })
  // The other gateway may have started it already.
  expect({ status, body }).toMatchObject({ status: 202, body: { progress: { total: 2 } } })
  await away.stop()
  await expect.poll(async () => (await operation(body.id)).status, patience).toBe('completed')
  expect((await operation(body.id)).refusals.map((refusal: { jobId: string }) => refusal.jobId)).toEqual(['a', 'b'])
})

test('a worker that is killed in the middle leaves it to another, which acts on no job twice', async () => {
  const { id } = await product.connect('many', closed)
  const jobs = await manyFailedJobs(id, 300)
  const { body } = await bulk({ action: 'retry', filter: { connectionId: id, status: 'failed' } })
  await expect.poll(async () => (await operation(body.id)).progress.done, patience).toBeGreaterThan(20)
  await worker.kill()
  worker = await product.startWorker()
  await expect.poll(async () => (await operation(body.id)).status, { interval: 200 }).toBe('completed')
  expect(await operation(body.id)).toMatchObject({
    succeeded: jobs,
    refused: 0,
    progress: { done: jobs, total: jobs },
  })
  const retries = await db
    .selectFrom('job')
    .select('retry_of')
    .where('connection_id', '=', id)
    .where('attempt', '>', 1)
    .execute()
  expect(new Set(retries.map((retry) => retry.retry_of)).size).toBe(jobs)
  expect(retries).toHaveLength(jobs)
})

/** Each on a table of its own: one asset has one active job of a type. @returns how many */
async function manyFailedJobs(connectionId: string, count: number): Promise<number> {
  await db
    .updateTable('connection')
    .set({ paused_at: new Date(), paused_by: 'ann' })
    .where('id', '=', connectionId)
    .execute()
  await sql`
    with root as (select * from asset where connection_id = ${connectionId}::uuid and parent_id is null),
    made as (
      insert into asset (id, organization_id, connection_id, parent_id, database_id, kind, name, qualified_name, external_id)
      select gen_random_uuid(), organization_id, connection_id, id, id, 'table', 't' || n, 'shop.t' || n, 'r:' || n
      from root, generate_series(1, ${count}::int) n returning *)
    insert into job (id, organization_id, type, status, connection_id, asset_id, database_id, asset_kind, asset_name,
      asset_qualified_name, database_name, config, trigger_kind, actor, root_job_id, created_at, ended_at)
    select id, organization_id, 'tag_generation', 'failed', connection_id, id, database_id, kind, name, qualified_name, 'shop', '{}',
      'manual', 'ann', id, now() - interval '1 minute', now() from made`.execute(db)
  return count
}

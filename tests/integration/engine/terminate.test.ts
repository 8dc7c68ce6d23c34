import { createJobLedger, identify, openDatabase, type Database } from '@plumbline/store'
import { Client, Connection } from '@temporalio/client'
import { Client as Postgres } from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { terminateJob } from '../../../services/gateway/src/jobs/terminate-job.ts'
import { createEngine } from '../../../services/gateway/src/temporal/engine.ts'
import { startTestGateway } from '../../support/gateway.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { createDatabase } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let product: Product
let temporal: Client
let namespace: string
let db: Database
let sourceUrl: string
beforeAll(async () => {
  namespace = await createNamespace()
  product = await startProduct({ namespace })
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }), namespace })
  db = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  sourceUrl = await createDatabase()
})
afterAll(async () => {
  await product.stop()
  await temporal.connection.close()
  await db.destroy()
})

const statusOf = (id: string) => async () => (await product.job(id)).status
const call = (path: string, body: object) => product.gateway.call('POST', path, body)

/** As if the cancel had been asked for before its half minute. */
const waitHalfAMinute = (id: string) =>
  db
    .updateTable('job')
    .set({ cancel_requested_at: new Date(Date.now() - 31_000) })
    .where('id', '=', id)
    .execute()

/** A job that has a slot and a run, and whose worker is gone: nobody hears a cancel. */
async function abandonedJob(type: string, assetId: string): Promise<string> {
  const { id } = await product.start(type, assetId)
  await createJobLedger(db).begin(id)
  return id
}

/** A session that runs on in the source, as a worker that stands still leaves it; settles when it was ended. */
async function leftSession(label: string): Promise<{ ended: Promise<unknown>; close(): Promise<void> }> {
  const client = new Postgres({ connectionString: sourceUrl, application_name: label })
  client.on('error', () => undefined)
  await client.connect()
  const ended = client.query('select pg_sleep(600)').catch((error: unknown) => error)
  return { ended, close: () => client.end() }
}

test('a job that does not hear its cancel is ended by force: its row, its run, and what it left in the source', async () => {
  const { rootAssetId } = await product.connect('abandoned', sourceUrl, { maxConcurrentJobs: 1 })
  const id = await abandonedJob('tag_generation', rootAssetId)
  const next = await abandonedJob('lineage_extraction', rootAssetId)
  expect(await statusOf(next)()).toBe('pending')
  const [left, other] = await Promise.all([leftSession(`plumbline job ${id}`), leftSession('plumbline job of another')])

  const early = await call(`/jobs/${id}/terminate`, { reason: 'too early' })
  expect(early).toMatchObject({ status: 409, body: { code: 'job-not-terminable' } })
  expect(early.body.detail).toContain('Cancel it first')
  await call(`/jobs/${id}/cancel`, { reason: 'too slow' })
  expect((await call(`/jobs/${id}/terminate`, { reason: 'too early' })).body.detail).toContain('30 s after the cancel')
  expect((await call(`/jobs/${id}/terminate`, {})).status).toBe(422)
  await waitHalfAMinute(id)

  const answer = await call(`/jobs/${id}/terminate`, { reason: 'the worker hangs' })
  expect(answer).toMatchObject({ status: 202, body: { id, status: 'cancelled' } })
  expect(answer.body.message).toMatch(/^Terminated by .+: the worker hangs$/)
  expect(await statusOf(next)()).toBe('running')
  const run = await temporal.workflow.getHandle(`job-${id}`).describe()
  expect(run.status.name).toBe('TERMINATED')

  const worker = await product.startWorker()
  expect(await left.ended).toMatchObject({ code: '57P01' })
  expect(await temporal.workflow.getHandle(`cleanup-${id}`).result()).toEqual({ sessions: 1 })
  const { body: log } = await product.gateway.call('GET', `/jobs/${id}/logs?q=clean-up`)
  expect(log.items).toMatchObject([{ message: 'Clean-up: ended 1 session that the job had left in the source' }])
  expect(await Promise.race([other.ended, Promise.resolve('goes on')])).toBe('goes on')
  await Promise.all([left.close(), other.close()])

  const { body: audit } = await product.gateway.call('GET', `/audit?targetId=${id}&action=job.terminate`)
  expect(audit.items).toMatchObject([{ action: 'job.terminate', reason: 'the worker hangs' }])
  const again = await call(`/jobs/${id}/terminate`, { reason: 'again' })
  expect(again).toMatchObject({ status: 409, body: { code: 'job-already-ended' } })
  await worker.stop()
})

test('a run that was terminated in Temporal is cleaned up after too', async () => {
  const { rootAssetId } = await product.connect('terminated', sourceUrl)
  const id = await abandonedJob('tag_generation', rootAssetId)
  await temporal.workflow.getHandle(`job-${id}`).terminate('by hand')
  await expect.poll(statusOf(id), { timeout: 10_000 }).toBe('cancelled')
  const cleanup = () =>
    temporal.workflow
      .getHandle(`cleanup-${id}`)
      .describe()
      .then(({ type }) => type)
      .catch(() => 'none')
  await expect.poll(cleanup).toBe('jobCleanup')
})

test('a clean-up that does not reach the source says so in the log of the job', async () => {
  const { rootAssetId } = await product.connect('away', 'postgres://reader:secret-4711@127.0.0.1:9/db')
  const id = await abandonedJob('tag_generation', rootAssetId)
  await temporal.workflow.getHandle(`job-${id}`).terminate('by hand')
  const worker = await product.startWorker()
  const told = async () => (await product.gateway.call('GET', `/jobs/${id}/logs?q=clean-up`)).body.items
  await expect.poll(told).toMatchObject([
    {
      level: 'warn',
      message: expect.stringContaining('could not be ended yet'),
      fields: { code: 'connection-refused' },
    },
  ])
  await worker.stop()
})

test('a forced end that Temporal cannot hear of is kept, and sent when it is back', async () => {
  const { rootAssetId } = await product.connect('kept', sourceUrl)
  const id = await abandonedJob('tag_generation', rootAssetId)
  await call(`/jobs/${id}/cancel`, {})
  await waitHalfAMinute(id)
  const dueOf = async () => {
    const row = await db.selectFrom('job').select('cleanup_due_at').where('id', '=', id).executeTakeFirstOrThrow()
    return row.cleanup_due_at
  }
  const identity = await identify(db, product.gateway.token)
  const actor = { organizationId: identity?.organizationId ?? '', name: 'ann', requestId: 'r' }
  await product.gateway.stop()
  const engine = createEngine({ connectionOptions: { address: '127.0.0.1:9' } })
  await terminateJob({ db, engine, log: pino({ level: 'silent' }) }, actor, id, 'now')
  const row = await db.selectFrom('job').select(['status', 'message']).where('id', '=', id).executeTakeFirstOrThrow()
  expect(row).toEqual({ status: 'cancelled', message: 'Terminated by ann: now' })
  expect(await dueOf()).toBeInstanceOf(Date)

  const back = await startTestGateway({
    databaseUrl: product.databaseUrl,
    namespace,
    temporalAddress: inject('temporalAddress'),
  })
  await expect.poll(dueOf).toBeNull()
  expect((await temporal.workflow.getHandle(`job-${id}`).describe()).status.name).toBe('TERMINATED')
  expect((await temporal.workflow.getHandle(`cleanup-${id}`).describe()).type).toBe('jobCleanup')
  await back.stop()
})

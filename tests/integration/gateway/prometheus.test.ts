import { openDatabase, type Database } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyFreePort } from '@plumbline/local'
import { addEndedDiscovery } from '../../support/ended-discovery.ts'
import { startTestGateway } from '../../support/gateway.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { createRecord } from '../../support/test-database.ts'

let product: Product
let db: Database
let root: string
beforeAll(async () => {
  product = await startProduct()
  db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
  root = (await product.connect('shop', 'postgres://reader:x@127.0.0.1:9/shop')).rootAssetId
})
afterAll(async () => {
  await db.destroy()
  await product.stop()
})

const told = async (): Promise<string> => String((await product.gateway.callRoot('/metrics')).body)
const patience = { timeout: 30_000, interval: 100 }

test('waiting jobs are told by type, with how long and that nobody polls', async () => {
  const { id } = await product.start('schema_discovery', root)
  expect(await told()).toMatch(/^plumbline_active_jobs\{type="schema_discovery",status="pending"\} 1$/m)
  expect(await told()).toMatch(/^plumbline_longest_wait_seconds \d/m)
  expect(await told()).toMatch(/^plumbline_queue_pollers\{queue="warehouse"\} 0$/m)
  expect(await told()).toMatch(
    /^plumbline_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/jobs",status="201"\} 1$/m,
  )
  await product.gateway.call('POST', `/jobs/${id}/cancel`)
  await expect.poll(told, patience).toMatch(/^plumbline_jobs\{type="schema_discovery",state="cancelled"\} 1$/m)
})

test('a job that ended is counted once, with how long it took and waited', async () => {
  const counted = /^plumbline_job_duration_seconds_count\{type="schema_discovery",status="completed"\} (\d+)$/m
  await told()
  const job = await addEndedDiscovery(db, root, { createdAt: Date.now() - 20_000, seconds: 18 })
  await expect.poll(told, patience).toMatch(counted)
  const event = {
    organization_id: (await organizationOf(job)).organization_id,
    job_id: job,
    at: new Date(Date.now() - 4_000),
  }
  await db.insertInto('job_event').values(event).execute()
  expect(counted.exec(await told())?.[1]).toBe('1')
  expect(await told()).toMatch(
    /^plumbline_job_duration_seconds_bucket\{le="30",type="schema_discovery",status="completed"\} 1$/m,
  )
  expect(await told()).toMatch(/^plumbline_job_queue_seconds_sum\{type="schema_discovery"\} 2$/m)
})
const organizationOf = (id: string) =>
  db.selectFrom('job').select('organization_id').where('id', '=', id).executeTakeFirstOrThrow()

test('a worker polls, and tells of its slots and latencies where it is told to', async () => {
  const port = await anyFreePort()
  await product.startWorker('warehouse', { PLUMBLINE_WORKER_METRICS: `127.0.0.1:${port}` })
  await expect.poll(told, patience).toMatch(/^plumbline_queue_pollers\{queue="warehouse"\} 1$/m)
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
  expect(await answer.text()).toMatch(/^temporal_worker_task_slots_available\{.*task_queue="warehouse".*\} \d+$/m)
})

test('without Temporal the other figures are told', async () => {
  const gateway = await startTestGateway({ databaseUrl: await createRecord(), temporalAddress: '127.0.0.1:9' })
  try {
    const { body } = await gateway.callRoot('/metrics')
    expect(body).toMatch(/^plumbline_longest_wait_seconds 0$/m)
    expect(body).not.toMatch(/^plumbline_queue_pollers\{/m)
  } finally {
    await gateway.stop()
  }
})

import { openDatabase, type Database } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let db: Database
let sourceUrl: string
beforeAll(async () => {
  product = await startProduct()
  db = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  sourceUrl = await createDatabase()
})
afterAll(async () => {
  await product.stop()
  await db.destroy()
})

const discovery = { followUps: [] }
const rowOf = (id: string) => db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const statusOf = (id: string) => async () => (await product.job(id)).status

test('a pause that comes before a job with a slot begins holds for it, and it goes on when that is over', async () => {
  const { id: connectionId, rootAssetId } = await product.connect('paused early', sourceUrl)
  const { id } = await product.start('schema_discovery', rootAssetId, discovery)
  expect(await rowOf(id)).toMatchObject({ status: 'pending', slot_kept: true })
  const pause = (paused: boolean) => product.gateway.call('PATCH', `/connections/${connectionId}`, { paused })
  await pause(true)
  const worker = await product.startWorker()
  // It asked for a slot, and was put in line.
  await expect.poll(async () => (await rowOf(id)).queued_at).not.toBeNull()
  expect(await product.job(id)).toMatchObject({ status: 'pending', pendingReason: { code: 'connection-paused' } })
  await pause(false)
  await expect.poll(statusOf(id)).toBe('completed')
  expect((await product.detail(id)).steps[0]).toMatchObject({ status: 'completed', attempts: 1 })
  await worker.stop()
})

test('a job whose first step nobody does is pending, and a cancel ends it and gives its slot on', async () => {
  const { rootAssetId } = await product.connect('no warehouse', sourceUrl, { maxConcurrentJobs: 1 })
  const workers = [await product.startWorker('workflows')]
  const { id } = await product.start('schema_discovery', rootAssetId, discovery)
  const next = await product.start('tag_generation', rootAssetId)
  await expect
    .poll(async () => (await product.job(next.id)).pendingReason)
    .toEqual({ code: 'waiting-for-slot', position: 1 })
  expect(await product.job(id)).toMatchObject({ status: 'pending' })
  await product.gateway.call('POST', `/jobs/${id}/cancel`, {})
  expect(await product.job(id)).toMatchObject({ status: 'cancelled' })
  await expect.poll(statusOf(next.id)).toBe('running')
  workers.push(await product.startWorker('warehouse'))
  // With its work done by somebody, nothing of the cancelled job is.
  await expect.poll(async () => (await rowOf(next.id)).step).toBe('select')
  expect((await product.detail(id)).steps[0]).toMatchObject({ status: 'pending', attempts: 0 })
  await Promise.all(workers.map((worker) => worker.stop()))
})

test('a worker that is lost before the first step answered costs a job with a slot nothing', async () => {
  const { rootAssetId } = await product.connect('lost worker', sourceUrl, { maxConcurrentJobs: 1 })
  const warehouse = await product.startWorker('warehouse')
  const { id } = await product.start('schema_discovery', rootAssetId, discovery)
  await warehouse.kill()
  const worker = await product.startWorker()
  await expect.poll(statusOf(id), { timeout: 30_000 }).toBe('completed')
  const again = await product.start('schema_discovery', rootAssetId, discovery)
  expect(await rowOf(again.id)).toMatchObject({ slot_kept: true })
  await expect.poll(statusOf(again.id)).toBe('completed')
  await worker.stop()
})

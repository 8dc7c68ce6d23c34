import { openDatabase } from '@plumbline/store'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../support/product.ts'
import { inSource, manyTables } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'

const tables = 2_000

let product: Product
let sourceUrl: string
let goOn = (): void => undefined
beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, manyTables(tables))
})
afterAll(async () => {
  goOn()
  await product.stop()
})

test('a worker that stood still in the middle of a discovery adds nothing when it goes on', async () => {
  const paused = await product.startWorker()
  goOn = () => process.kill(paused.pid, 'SIGCONT')
  const { rootAssetId } = await product.connect('source', sourceUrl)
  // Its reading waits before the last schema: it is in the middle, however slow we are.
  const owner = new Client({ connectionString: sourceUrl })
  await owner.connect()
  await owner.query('begin; lock table s9.t0009 in access exclusive mode')
  const { id } = await product.start('schema_discovery', rootAssetId, { followUps: [] })
  const db = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  const staged = async () => {
    const row = await db
      .selectFrom('discovered_relation')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return row.n
  }
  await expect.poll(staged, { interval: 50 }).toBeGreaterThan(0)
  process.kill(paused.pid, 'SIGSTOP')
  await owner.end()
  expect(await staged()).toBeLessThan(tables)

  await product.startWorker()
  const statusOf = async () => (await product.job(id)).status
  await expect.poll(statusOf, { interval: 500 }).toBe('completed')
  const { body: before } = await product.gateway.call('GET', `/jobs/${id}`)
  const readCatalog = before.steps.find(({ name }: { name: string }) => name === 'read_catalog')
  // More than two, where Temporal gave attempts to the one that stood still: it had asked for work before.
  expect(readCatalog.attempts).toBeGreaterThan(1)
  expect(before.counts).toMatchObject({ tables })

  goOn()
  // Time for it to notice, and to try to write on.
  const again = await product.start('schema_discovery', rootAssetId, { followUps: [] })
  await expect.poll(async () => (await product.job(again.id)).status).toBe('completed')
  expect((await product.job(again.id)).counts).toMatchObject({ tables, changes: 0 })
  expect(await staged()).toBe(0)
  const { body: after } = await product.gateway.call('GET', `/jobs/${id}`)
  expect(after.steps).toEqual(before.steps)
  await db.destroy()
})

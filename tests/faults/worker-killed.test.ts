import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../support/product.ts'
import { inSource, manyTables } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'

const discoveries = 10
const tables = 600

let product: Product
let sourceUrl: string
beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, manyTables(tables))
}, 120_000)
afterAll(() => product.stop())

test('a worker killed in the middle of ten discoveries loses none and does none twice', async () => {
  const first = await product.startWorker()
  const connections = await Promise.all(
    Array.from({ length: discoveries }, (_, n) => product.connect(`source ${n}`, sourceUrl)),
  )
  const started = await Promise.all(
    connections.map(({ rootAssetId }) => product.start('schema_discovery', rootAssetId)),
  )
  const working = async () =>
    (await product.jobs('type=schema_discovery&status=running')).filter((job) => job.message !== 'Running').length
  await expect.poll(working, { timeout: 30_000, interval: 20 }).toBeGreaterThan(3)
  await first.kill()
  const interrupted = (await product.jobs('type=schema_discovery&tab=active')).length
  expect(interrupted).toBeGreaterThan(3)

  await product.startWorker()
  const ended = async () => (await product.jobs('limit=200&tab=active')).length
  await expect.poll(ended, { timeout: 150_000, interval: 500 }).toBe(0)

  const jobs = await Promise.all(started.map(({ id }) => product.job(id)))
  expect(jobs.map(({ status, attempt, counts }) => ({ status, attempt, tables: counts['tables'] }))).toEqual(
    jobs.map(() => ({ status: 'completed', attempt: 1, tables })),
  )
  const all = await product.jobs('limit=200')
  expect(all.filter((job) => job.status !== 'completed')).toEqual([])
  // Each discovery, with one tagging and one lineage job: a doubled effect would show as a fourth.
  expect(all).toHaveLength(discoveries * 3)
  await expectStoredOnce()
}, 240_000)

async function expectStoredOnce(): Promise<void> {
  const db = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  try {
    const count = async (table: 'snapshot' | 'asset' | 'asset_version' | 'discovered_relation') => {
      const row = await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return row.n
    }
    // Ten schemas besides `public`, and the database itself.
    const assets = tables + 11 + 1
    expect(await count('snapshot')).toBe(discoveries)
    expect(await count('asset')).toBe(discoveries * assets)
    expect(await count('discovered_relation')).toBe(0)
  } finally {
    await db.destroy()
  }
}

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

interface Series {
  id: string
  asset: { id: string; name: string }
  column: string | null
  metric: string
  points: { noData: string | null }[]
}

let product: Product
let root: string

beforeAll(async () => {
  product = await startProduct()
  const source = await createDatabase()
  await inSource(
    source,
    `create table a_empty (id int);
     create table b_filled (id int, all_null int, nans float8, uid uuid, z int);
     insert into b_filled select n, null, 'NaN', gen_random_uuid(), n from generate_series(1, 9) n;
     create table c_filled (id int); insert into c_filled values (1)`,
  )
  await product.startWorker()
  root = (await product.connect('shop', source)).rootAssetId
  await run('schema_discovery', { followUps: [] })
  await run('metric_capture', {})
}, 240_000)
afterAll(() => product.stop())

async function run(type: string, config: object): Promise<void> {
  const { id } = await product.start(type, root, config)
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 100 })
}

/** All of a list, so many a page. */
async function all(path: string, limit: number): Promise<Series[]> {
  const found: Series[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const on: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await product.gateway.call('GET', `${path}&sort=attention&limit=${limit}${on}`)
    found.push(...body.items)
    cursor = body.nextCursor
  }
  return found
}

test('tables that hold rows come before empty ones, and of a table what holds values; columns stay together', async () => {
  const tables = await all(`/assets/${root}/metrics?of=table`, 200)
  expect(tables.map(({ asset }) => asset.name)).toEqual(['b_filled', 'c_filled', 'a_empty'])
  expect(await all(`/assets/${root}/metrics?of=table`, 1)).toEqual(tables)
  const columns = `/assets/${tables[0]?.asset.id}/metrics?`
  const series = await all(columns, 200)
  expect([...new Set(series.map(({ column }) => column))]).toEqual([null, 'id', 'z', 'all_null', 'nans', 'uid'])
  expect((await all(columns, 7)).map(({ id }) => id)).toEqual(series.map(({ id }) => id))
})

test('a value that is missing says whether all are null or none is a number', async () => {
  const [filled] = await all(`/assets/${root}/metrics?of=table`, 1)
  const means = await all(`/assets/${filled?.asset.id}/metrics?metric=mean`, 200)
  expect(Object.fromEntries(means.map(({ column, points }) => [column, points[0]?.noData]))).toEqual({
    id: null,
    z: null,
    all_null: 'all_null',
    nans: 'not_finite',
  })
})

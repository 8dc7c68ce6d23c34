import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let sourceUrl: string
let connection: { id: string; rootAssetId: string }

beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(
    sourceUrl,
    `create schema shop; create table shop.orders (id int, state text); create table shop.doomed (id int);
     insert into shop.orders values (1, 'open'), (2, 'open'), (3, 'paid')`,
  )
  await product.startWorker()
  connection = await product.connect('shop', sourceUrl)
}, 120_000)
afterAll(() => product.stop())

async function ended({ id }: JobAnswer): Promise<JobAnswer> {
  await expect.poll(async () => (await product.job(id)).status, { timeout: 60_000 }).not.toMatch(/pending|running/)
  return product.job(id)
}

interface SeriesAnswer {
  group: string
  points: { value: number | null; noData: string | null }[]
}

const get = async (path: string) => (await product.gateway.call('GET', path)).body
const ids: Record<string, string> = {}
async function assetNamed(name: string): Promise<string> {
  const { items } = await get('/assets?limit=200')
  for (const one of items) ids[one.name] = one.id
  return ids[name] ?? ''
}

const query = (sql: string) => ({ kind: 'sql', sql })
const paid = query(`select count(*) from shop.orders where state = 'paid'`)
const define = async (name: string, spec: object) =>
  product.gateway.call('POST', '/metrics', { assetId: await assetNamed('orders'), name, spec })

test('a metric that its database refuses is refused when it is defined, and when it is changed', async () => {
  await ended(await product.start('schema_discovery', connection.rootAssetId, { followUps: [] }))
  const nowhere = query('select count(*) from shop.nowhere')
  const refused = await define('nowhere', nowhere)
  expect(refused).toMatchObject({ status: 422, body: { code: 'metric-refused', errors: [{ path: 'spec.sql' }] } })
  expect(refused.body.detail).toContain('"shop.nowhere" does not exist')
  expect(await define('a text', query('select min(state) from shop.orders'))).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('something else than a number') },
  })
  expect(await define('too large', query('select 1e400::numeric'))).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('a number that is too large') },
  })
  const saved = await define('paid', paid)
  expect(saved).toMatchObject({ status: 201, body: { notTried: null, revision: 1, lastOutcome: null } })
  const changed = await product.gateway.call('PATCH', `/metrics/${saved.body.id}`, { spec: nowhere })
  expect(changed).toMatchObject({ status: 422, body: { code: 'metric-refused' } })
  expect((await get(`/metrics?assetId=${ids['orders']}`)).items).toMatchObject([{ name: 'paid', spec: paid }])
})

test('a metric is saved untried where its database cannot be reached, and says so', async () => {
  const { settings } = await get(`/connections/${connection.id}`)
  const move = (port: number) =>
    product.gateway.call('PATCH', `/connections/${connection.id}`, { settings: { ...settings, port } })
  expect((await move(1)).status).toBe(200)
  const saved = await define('open', query(`select count(*) from shop.orders where state = 'open'`))
  expect(saved).toMatchObject({ status: 201, body: { notTried: expect.stringContaining('Nothing listens at') } })
  const renamed = await product.gateway.call('PATCH', `/metrics/${saved.body.id}`, { name: 'still open' })
  expect(renamed).toMatchObject({ status: 200, body: { name: 'still open', notTried: null } })
  expect((await move(settings.port)).status).toBe(200)
})

test('what the last capture came to stands with the metric, of the revision that was measured', async () => {
  const job = await ended(await product.start('metric_capture', ids['orders'] ?? ''))
  const outcomes = async () => (await get(`/metrics?assetId=${ids['orders']}`)).items
  expect(await outcomes()).toMatchObject([
    { name: 'paid', lastOutcome: { ok: true, value: 1, groups: null, revision: 1, jobId: job.id } },
    { name: 'still open', lastOutcome: { ok: true, value: 2 } },
  ])
  await inSource(sourceUrl, 'alter table shop.orders rename column state to status')
  await ended(await product.start('metric_capture', ids['orders'] ?? ''))
  const [broken] = await outcomes()
  expect(broken.lastOutcome).toMatchObject({ ok: false, value: null, code: 'measure-failed' })
  expect(broken.lastOutcome.message).toContain('column "state" does not exist')
  const missed = {
    about: 'metrics',
    weight: 'doubt',
    text: '2 metrics could not be measured at the last capture',
  }
  for (const id of [ids['orders'], connection.rootAssetId])
    expect((await get(`/assets/${id}`)).trust).toMatchObject({
      verdict: 'doubtful',
      reasons: expect.arrayContaining([missed]),
    })
  const spec = query(`select count(*) from shop.orders where status = 'paid'`)
  const mended = await product.gateway.call('PATCH', `/metrics/${broken.id}`, { spec })
  expect(mended).toMatchObject({ status: 200, body: { revision: 2, lastOutcome: { ok: false, revision: 1 } } })
})

test('a group that is not returned any more has no data, which is said once', async () => {
  const { body } = await define('by status', query('select status, count(*) from shop.orders group by status'))
  const capture = async () => ended(await product.start('metric_capture', ids['orders'] ?? '', { columns: false }))
  await capture()
  await inSource(sourceUrl, `delete from shop.orders where status = 'paid'`)
  await capture()
  await capture()
  const { items } = await get(`/assets/${ids['orders']}/metrics?metric=${body.id}`)
  const points = new Map(
    items.map(({ group, points: of }: SeriesAnswer) => [group, of.map(({ value, noData }) => value ?? noData)]),
  )
  expect(points).toEqual(
    new Map([
      ['open', [2, 2, 2]],
      ['paid', [1, 'no_rows']],
    ]),
  )
})

test('a capture of a table that is gone fails and says so; a wider one leaves it out', async () => {
  const doomed = await assetNamed('doomed')
  await inSource(sourceUrl, 'drop table shop.doomed')
  const gone = { code: 'asset-gone', message: expect.stringContaining('shop.doomed is not in the source any more') }
  const alone = await ended(await product.start('metric_capture', doomed))
  expect(alone).toMatchObject({ status: 'failed', error: gone })
  const wider = await ended(await product.start('metric_capture', connection.rootAssetId))
  expect(wider).toMatchObject({ status: 'completed', counts: { tables: 2, measured: 1, failed: 1 } })
  expect(wider.message).toContain('(1 could not be measured)')
  await ended(await product.start('schema_discovery', connection.rootAssetId, { followUps: [] }))
  const refused = await product.gateway.call('POST', '/jobs', { type: 'metric_capture', assetId: doomed })
  expect(refused).toMatchObject({ status: 409, body: { code: 'asset-gone' } })
  const after = await ended(await product.start('metric_capture', connection.rootAssetId))
  expect(after).toMatchObject({ status: 'completed', counts: { tables: 1, measured: 1, failed: 0 } })
})

test('a table that was created again since the last discovery is measured', async () => {
  await inSource(
    sourceUrl,
    `begin; create table shop.swap as select * from shop.orders; drop table shop.orders; alter table shop.swap rename to orders; commit`,
  )
  const alone = await ended(await product.start('metric_capture', await assetNamed('orders')))
  expect(alone).toMatchObject({ status: 'completed', error: null, counts: { tables: 1, measured: 1, failed: 0 } })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { connectShop, missing, password, shopStatements, withEmulator } from './shop.ts'

const emulator = withEmulator({ PLUMBLINE: { password } }, [
  ...shopStatements,
  `insert into shop.sales.customer (id, email, rating) select n, 'ann' || n || '@example.org', n / 2
    from (values (1), (2), (3), (4)) v (n)`,
])

let product: Product
let rootAssetId: string
beforeAll(async () => {
  if (missing !== undefined) return
  product = await startProduct()
  await product.startWorker()
  rootAssetId = (await connectShop(product, emulator().url)).rootAssetId
})
afterAll(() => product?.stop())

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)

async function completed(type: string): Promise<{ id: string; counts: Record<string, number> }> {
  const { id } = await product.start(type, rootAssetId)
  await expect.poll(async () => (await product.job(id)).status).toBe('completed')
  await expect.poll(() => product.jobs('tab=active')).toEqual([])
  return (await call('GET', `/jobs/${id}`)).body
}

async function assetOf(qualifiedName: string): Promise<{ id: string }> {
  const { body } = await call('GET', '/assets?limit=100')
  return body.items.find((asset: { qualifiedName: string }) => asset.qualifiedName === qualifiedName)
}

test('a discovery starts the follow-ups that run on Snowflake, and a second one finds nothing new (on the emulator)', async () => {
  await completed('schema_discovery')
  const jobs = await product.jobs('limit=50')
  expect(jobs.map(({ type }) => type).toSorted()).toEqual(['lineage_extraction', 'schema_discovery', 'tag_generation'])
  const { body } = await call('GET', `/assets/${(await assetOf('SHOP.SALES.CUSTOMER')).id}`)
  const mail = body.columns.find(({ name }: { name: string }) => name === 'EMAIL')
  expect(mail.tags.map(({ tag }: { tag: string }) => tag)).toContain('email')
  expect(await completed('schema_discovery')).toMatchObject({ counts: { changes: 0 } })
})

test('tables are measured and their freshness is checked (on the emulator)', async () => {
  expect(await completed('metric_capture')).toMatchObject({ counts: { failed: 0 } })
  const { id } = await assetOf('SHOP.SALES.CUSTOMER')
  const { body } = await call('GET', `/assets/${id}/metrics`)
  expect(JSON.stringify(body)).toContain('"row_count"')
  expect(await completed('freshness_check')).toMatchObject({ counts: { failed: 0 } })
})

test('tables are documented (on the emulator)', async () => {
  await completed('intelligence_analysis')
  const { body } = await call('GET', `/assets/${(await assetOf('SHOP.SALES.CUSTOMER')).id}`)
  expect(body.documentation).toMatch(/\w/)
})

const query = (sql: string) => ({ kind: 'sql', sql })

test('a metric by SQL is judged, tried, saved and measured (on the emulator)', async () => {
  const { id: assetId } = await assetOf('SHOP.SALES.CUSTOMER')
  const define = (name: string, sql: string) => call('POST', '/metrics', { name, assetId, spec: query(sql) })
  expect(await define('gone', 'delete from sales.customer')).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'spec.sql', message: expect.stringContaining('Only a SELECT') }] },
  })
  expect(await define('slow', 'select system$wait(60)')).toMatchObject({
    status: 422,
    body: { errors: [{ message: expect.stringContaining('system$wait is not allowed') }] },
  })
  expect(await define('nowhere', 'select count(*) from sales.nowhere')).toMatchObject({
    status: 422,
    body: { code: 'metric-refused' },
  })
  const saved = await define('rated', 'select rating > 1 as good, count(*) as n from sales.customer group by good')
  expect(saved).toMatchObject({ status: 201, body: { notTried: null } })
  await completed('metric_capture')
  const { body } = await call('GET', `/metrics?assetId=${assetId}`)
  expect(body.items).toMatchObject([{ name: 'rated', lastOutcome: { ok: true, groups: 2 } }])
})

test('a job that has spent its budget ends, also when its attempts open session after session (on the emulator)', async () => {
  const { body } = await call('GET', '/connections?limit=10')
  const [{ id }] = body.items
  expect(await call('PATCH', `/connections/${id}`, { settings: { maxStatements: 10 } })).toMatchObject({ status: 200 })
  const job = await product.start('schema_discovery', rootAssetId, { followUps: [] })
  await expect.poll(async () => (await product.job(job.id)).status).toBe('failed')
  expect(await product.job(job.id)).toMatchObject({ error: { code: 'budget-spent' } })
  await call('PATCH', `/connections/${id}`, { settings: { maxStatements: 1_000 } })
})

test('a change of a connection is judged by its kind, and what is not given stays', async () => {
  const { body } = await call('GET', '/connections?limit=10')
  const [{ id, settings }] = body.items
  const path = `/connections/${id}`
  expect(await call('PATCH', path, { settings: { host: 'db' } })).toMatchObject({ status: 422 })
  expect(await call('PATCH', path, { settings: { authenticator: 'key-pair' }, credentials: {} })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'credentials.privateKey' }] },
  })
  const changed = await call('PATCH', path, { settings: { role: 'reader' } })
  expect(changed).toMatchObject({ status: 200, body: { settings: { ...settings, role: 'reader' } } })
  expect(await call('PATCH', path, { settings: { role: null } })).toMatchObject({ body: { settings: { role: null } } })
})

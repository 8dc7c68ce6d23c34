import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { missing, password, shopStatements, withEmulator } from './shop.ts'

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
  const settings = {
    account: 'fakesnow',
    url: emulator().url,
    user: 'plumbline',
    warehouse: 'compute_wh',
    database: 'shop',
  }
  const { body } = await product.gateway.call('POST', '/connections', {
    name: 'Shop',
    kind: 'snowflake',
    settings: { ...settings, authenticator: 'password' },
    credentials: { password },
  })
  rootAssetId = body.rootAssetId
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
  expect(jobs.map(({ type }) => type).toSorted()).toEqual(['schema_discovery', 'tag_generation'])
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

test('what does not run on Snowflake yet is refused with a code that says so', async () => {
  const { id } = await assetOf('SHOP.SALES.CUSTOMER')
  const refused = { status: 422, body: { code: 'job-type-unsupported', detail: expect.stringContaining('Snowflake') } }
  expect(await call('POST', '/jobs', { type: 'lineage_extraction', assetId: rootAssetId })).toMatchObject(refused)
  const schedule = {
    name: 'Nightly',
    type: 'lineage_extraction',
    assetId: rootAssetId,
    interval: '1d',
    timezone: 'UTC',
  }
  expect(await call('POST', '/schedules', schedule)).toMatchObject(refused)
  const metric = { name: 'Rows', assetId: id, spec: { kind: 'sql', sql: 'select 1' } }
  expect(await call('POST', '/metrics', metric)).toMatchObject(refused)
  const { body } = await call('GET', `/assets/${rootAssetId}`)
  expect(body.jobTypes).not.toContain('lineage_extraction')
  expect(body.jobTypes).toContain('freshness_check')
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

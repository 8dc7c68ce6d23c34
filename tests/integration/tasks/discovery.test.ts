import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let sourceUrl: string
let root: string

const shop = `
  create schema sales;
  create table sales.customer (id int primary key, email text not null, birth_date date, "Full.Name" text);
  create table sales.ord (id int primary key, customer_id int references sales.customer, total numeric(10,2), placed_at timestamptz);
  create view sales.big_orders as
    select o.id, c.email as buyer, o.total * 2 as doubled from sales.ord o join sales.customer c on c.id = o.customer_id;
  insert into sales.customer select n, 'user' || n || '@example.com', '1990-01-01', 'Ann Example' from generate_series(1, 50) n;`

beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, shop)
  await product.startWorker()
  const connection = await product.connect('shop', sourceUrl)
  root = connection.rootAssetId
})
afterAll(() => product.stop())

/** Runs a job to its end, and its follow-ups to theirs. */
async function run(type: string, assetId: string, config?: Record<string, unknown>): Promise<JobAnswer> {
  const { id } = await product.start(type, assetId, config)
  await expect.poll(async () => (await product.job(id)).status).not.toMatch(/pending|running/)
  await expect.poll(() => product.jobs('tab=active')).toEqual([])
  return product.job(id)
}

const get = async (path: string) => (await product.gateway.call('GET', path)).body

test('the first discovery is the baseline: assets, tags and lineage, but no changes', async () => {
  const job = await run('schema_discovery', root)
  expect(job).toMatchObject({
    status: 'completed',
    error: null,
    counts: { schemas: 2, tables: 2, views: 1, columns: 11, changes: 0, breaking: 0, followUps: 2 },
  })
  const { items } = await get(`/assets?q=customer`)
  expect(items.map((asset: { qualifiedName: string }) => asset.qualifiedName)).toEqual([
    expect.stringMatching(/\.sales\.customer$/),
  ])
  const detail = await get(`/assets/${items[0].id}`)
  expect(
    detail.columns.map((column: { name: string; nativeType: string }) => [column.name, column.nativeType]),
  ).toEqual([
    ['id', 'integer'],
    ['email', 'text'],
    ['birth_date', 'date'],
    ['Full.Name', 'text'],
  ])
  const tags = await get(`/assets/${root}/tags`)
  expect(
    tags.items.map((entry: { column: string; tags: { tag: string }[] }) => [
      entry.column,
      entry.tags.map((t) => t.tag),
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['email', expect.arrayContaining(['email', 'confidential'])],
      ['Full.Name', expect.arrayContaining(['person_name'])],
      ['birth_date', expect.arrayContaining(['dob'])],
    ]),
  )
})

test('lineage follows the columns of a view to its tables', async () => {
  const { items } = await get(`/assets?q=big_orders`)
  const lineage = await get(`/assets/${items[0].id}/lineage?direction=upstream&columns=true`)
  const names = new Map(lineage.nodes.map((node: { id: string; name: string }) => [node.id, node.name]))
  const edges = lineage.edges.map((edge: { from: string; columns: unknown[] }) => [names.get(edge.from), edge.columns])
  expect(Object.fromEntries(edges)).toEqual({
    customer: [{ from: 'email', to: 'buyer' }],
    ord: [
      { from: 'id', to: 'id' },
      { from: 'total', to: 'doubled' },
    ],
  })
})

test('a second run of the same finds nothing, and starts no follow-ups', async () => {
  const job = await run('schema_discovery', root)
  expect(job.counts).toMatchObject({ changes: 0, followUps: 0 })
})

test('changes are found by identity, and what they break is told', async () => {
  await inSource(
    sourceUrl,
    `alter table sales.ord rename to orders; alter table sales.orders rename total to amount;
     alter table sales.customer drop column birth_date; create table sales.extra (id int);`,
  )
  const job = await run('schema_discovery', root)
  expect(job).toMatchObject({ status: 'completed', error: null })
  const { items } = await get(`/assets/${root}/schema-changes?jobId=${job.id}`)
  const found = items.map((c: { kind: string; column: string | null; breaking: boolean }) => [
    c.kind,
    c.column,
    c.breaking,
  ])
  expect(found).toEqual(
    expect.arrayContaining([
      ['table_renamed', null, true],
      ['column_renamed', 'amount', true],
      ['column_removed', 'birth_date', true],
      ['table_added', null, false],
    ]),
  )
  // The text of the view on the table follows, which is no change of the view.
  expect(found.map(([kind]: [string]) => kind)).not.toContain('definition_changed')
})

test('a breaking change names what lies downstream, and only those that break can be asked for', async () => {
  const { items } = await get(`/assets/${root}/schema-changes?breaking=true`)
  expect(items.every((c: { breaking: boolean }) => c.breaking)).toBe(true)
  const renamed = items.find((c: { kind: string }) => c.kind === 'column_renamed')
  expect(renamed).toMatchObject({ reason: 'Queries that use the old name fail', downstream: { total: 1 } })
  expect(renamed.downstream.assets).toMatchObject([{ name: 'big_orders', columns: ['doubled'] }])
})

test('any two snapshots are compared, and one is accepted as baseline', async () => {
  const { items: snapshots } = await get(`/assets/${root}/snapshots`)
  expect(snapshots).toHaveLength(3)
  const [newest, , oldest] = snapshots
  expect(newest).toMatchObject({
    tables: 3,
    baseline: null,
    schemas: [{ name: 'public' }, { name: 'sales', complete: true }],
  })
  const whole = await get(`/assets/${root}/schema-comparison`)
  expect([whole.from.jobId, whole.to.jobId, whole.sameScope]).toEqual([oldest.jobId, newest.jobId, true])
  const kinds = (changes: { kind: string }[]) => changes.map(({ kind }) => kind).toSorted()
  expect(kinds(whole.changes)).toEqual(['column_removed', 'column_renamed', 'table_added', 'table_renamed'])
  const back = await get(`/assets/${root}/schema-comparison?from=${newest.jobId}&to=${oldest.jobId}`)
  expect(kinds(back.changes)).toContain('table_removed')
  expect((await product.gateway.call('POST', `/assets/${root}/baseline`)).body.jobId).toBe(newest.jobId)
  expect((await get(`/assets/${root}/schema-comparison`)).changes).toEqual([])
  const { items: audit } = await get(`/audit?action=snapshot.accept`)
  expect(audit).toMatchObject([{ target: { id: root }, after: { jobId: newest.jobId } }])
  const unknown = await product.gateway.call('GET', `/assets/${root}/schema-comparison?from=${crypto.randomUUID()}`)
  expect(unknown.status).toBe(404)
})

test('patterns: one that is malformed is refused, one that matches nothing is a warning, and widening is no change', async () => {
  const url = await createDatabase()
  await inSource(
    url,
    'create schema "odd.schema"; create table "odd.schema"."a table" (id int); create table other (id int)',
  )
  const { rootAssetId } = await product.connect('patterns', url)
  const start = (config: Record<string, unknown>) =>
    product.gateway.call('POST', '/jobs', { type: 'schema_discovery', assetId: rootAssetId, config })
  for (const pattern of ['a.b.c', '"open', 'sales.']) {
    const refused = await start({ include: [pattern] })
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0]).toMatchObject({
      path: 'config.include.0',
      message: expect.stringContaining('"odd.schema"."a table"'),
    })
  }
  const narrow = await run('schema_discovery', rootAssetId, {
    include: ['"odd.schema"."a table"', 'odd.*'],
    exclude: ['public.tmp_*'],
  })
  expect(narrow.message).toBe('1 table and 0 views, the first snapshot')
  const { warningsList } = await get(`/jobs/${narrow.id}`)
  expect(warningsList.map((one: { object: string }) => one.object)).toEqual(['odd.*', 'public.tmp_*'])
  const wide = await run('schema_discovery', rootAssetId)
  expect(wide.message).toBe('2 tables and 0 views, nothing changed')
  const compared = await get(`/assets/${rootAssetId}/schema-comparison`)
  expect(compared).toMatchObject({ changes: [], outOfScope: 1, sameScope: false })
  const nothing = await run('schema_discovery', rootAssetId, { include: ['public.*'], exclude: ['public.*'] })
  expect(nothing).toMatchObject({ status: 'completed', message: expect.stringMatching(/^Nothing was looked at/) })
  expect((await get(`/jobs/${nothing.id}`)).warningsList).toMatchObject([{ code: 'nothing-matched', object: null }])
  const last = await run('schema_discovery', rootAssetId, { schemas: ['nowhere'] })
  const codes = (await get(`/jobs/${last.id}`)).warningsList.map((one: { code: string }) => one.code)
  expect(codes.toSorted()).toEqual(['nothing-matched', 'schema-missing'])
})

test('a run that would remove too much stores nothing until a person says that it is right', async () => {
  const url = await createDatabase()
  await inSource(url, 'create table a (id int); create table b (id int); create table c (id int)')
  const { rootAssetId } = await product.connect('emptied', url)
  await run('schema_discovery', rootAssetId)
  await inSource(url, 'drop table a; drop table b')
  const held = await run('schema_discovery', rootAssetId)
  expect(held).toMatchObject({ status: 'failed', error: { code: 'removal-held-back' } })
  expect((await get(`/assets/${rootAssetId}`)).childCounts).toMatchObject({ table: 3 })
  const { config } = await get(`/jobs/${held.id}`)
  const retry = await product.gateway.call('POST', `/jobs/${held.id}/retry`, {
    mode: 'from_failure',
    config: { ...config, maxRemovedShare: 1 },
  })
  expect(retry.status).toBe(201)
  await expect.poll(async () => (await product.job(retry.body.id)).status, { timeout: 30_000 }).toBe('completed')
  expect((await product.job(retry.body.id)).counts).toMatchObject({ changes: 2, breaking: 2 })
})

test('a role without SELECT sees the whole schema; tagging names what it could not read', async () => {
  const role = `reader_${crypto.randomUUID().slice(0, 8)}`
  await inSource(sourceUrl, `create role ${role} login password 'pw'; grant usage on schema sales to ${role}`)
  const url = new URL(sourceUrl)
  url.username = role
  url.password = 'pw'
  const { rootAssetId } = await product.connect('restricted', url.href)
  const discovery = await run('schema_discovery', rootAssetId)
  expect(discovery).toMatchObject({ status: 'completed', warnings: 4, counts: { tables: 3, views: 1 } })
  const [tagging] = await product.jobs(`parentJobId=${discovery.id}&type=tag_generation`)
  expect(tagging).toMatchObject({ status: 'completed', counts: { tables: 4, unreadable: 3 } })
  const { warningsList } = await get(`/jobs/${tagging?.id}`)
  const named = warningsList.map((one: { code: string; object: string }) => [one.code, one.object.split('.').at(-1)])
  expect(named).toEqual([
    ['no-select', 'customer'],
    ['no-select', 'extra'],
    ['no-select', 'orders'],
  ])
  const tags = await get(`/assets/${rootAssetId}/tags`)
  expect(tags.items.map((entry: { column: string }) => entry.column)).toContain('email')
})

test('the log of a job says with whom it spoke, what it read and what it came to', async () => {
  const [discovery] = await product.jobs('type=schema_discovery&limit=1')
  const { items } = await get(`/jobs/${discovery?.id}/logs?limit=200`)
  const messages = items.map((line: { message: string }) => line.message)
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Admitted after/),
      expect.stringMatching(/^Connected to PostgreSQL \d+(\.\d+)? as reader_/),
      'The catalog has 4 relations',
      expect.stringMatching(/^Read 4 relations in \d+ ms$/),
      expect.stringMatching(/^4 warnings, the first: The role lacks SELECT/),
      expect.stringMatching(/^Step "Read catalog" completed after .* s: 4 relations$/),
      expect.stringMatching(/^Completed: /),
    ]),
  )
  const [tagging] = await product.jobs(`parentJobId=${discovery?.id}&type=tag_generation`)
  const skipped = await get(`/jobs/${tagging?.id}/logs?level=warn&step=sample`)
  expect(skipped.items).toHaveLength(3)
  expect(JSON.stringify([items, skipped])).not.toContain('"pw"')
})

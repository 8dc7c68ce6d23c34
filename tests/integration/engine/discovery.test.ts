import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

const sample = new URL('../../../deploy/local/src/sample-warehouse.sql', import.meta.url)

let product: Product
let sourceUrl: string
let shop: { id: string; rootAssetId: string }
beforeAll(async () => {
  product = await startProduct()
  await product.startWorker()
  sourceUrl = await createDatabase()
  await inSource(inject('postgresUrl'), 'create role sample_reader login')
  await inSource(sourceUrl, readFileSync(sample, 'utf8'))
  shop = await product.connect('Sample shop', sourceUrl)
})
afterAll(() => product.stop())

const get = async (path: string) => (await product.gateway.call('GET', path)).body

async function pages(path: string): Promise<{ id: string; name: string; kind: string; qualifiedName: string }[]> {
  const items = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await get(`${path}&limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

async function ended(jobId: string) {
  await expect.poll(async () => (await product.job(jobId)).status).not.toMatch(/pending|running/)
  return product.job(jobId)
}

async function discovered(config?: object) {
  const job = await ended((await product.start('schema_discovery', shop.rootAssetId, config)).id)
  await expect.poll(() => product.jobs(`tab=active&connectionId=${shop.id}`)).toEqual([])
  return job
}

/**
 * What the catalog itself says, asked in another way than discovery does. The rows that a foreign key to a partitioned table
 * has for each partition are no keys of their own; `\\d` does not show them either.
 */
async function counted(): Promise<Record<string, number>> {
  const client = new Client({ connectionString: sourceUrl })
  await client.connect()
  const { rows } = await client.query(`
    with r as (select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema')
    select
      (select count(*) from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema')::int as schemas,
      (select count(*) from r where relkind in ('r', 'p'))::int as tables,
      (select count(*) from r where relkind = 'v')::int as views,
      (select count(*) from r where relkind = 'm')::int as materialized,
      (select count(*) from pg_attribute a join r on r.oid = a.attrelid and r.relkind in ('r', 'p', 'v', 'm')
        where a.attnum > 0 and not a.attisdropped)::int as columns,
      (select count(*) from pg_constraint k join r on r.oid = k.conrelid where k.contype in ('p', 'u', 'f', 'c')
          and not (k.contype = 'f' and k.conparentid <> 0 and exists (select from pg_inherits where inhrelid = k.confrelid)))::int as keys,
      (select count(*) from pg_index i join r on r.oid = i.indrelid)::int as indexes`)
  await client.end()
  return rows[0]
}

test('discovery stores exactly what the catalog holds', async () => {
  const job = await discovered()
  expect(job).toMatchObject({ status: 'completed', error: null, message: '46 tables and 14 views, the first snapshot' })
  const [schemas, tables, views, materialized] = await Promise.all(
    ['schema', 'table', 'view', 'materialized_view'].map((kind) =>
      pages(`/assets?connectionId=${shop.id}&kind=${kind}`),
    ),
  )
  const relations = [...(tables ?? []), ...(views ?? []), ...(materialized ?? [])]
  const details = await Promise.all(relations.map(({ id }) => get(`/assets/${id}`)))
  const sum = (part: 'columns' | 'keys' | 'indexes') => details.reduce((total, asset) => total + asset[part].length, 0)
  expect({
    schemas: schemas?.length,
    tables: tables?.length,
    views: views?.length,
    materialized: materialized?.length,
    columns: sum('columns'),
    keys: sum('keys'),
    indexes: sum('indexes'),
  }).toEqual(await counted())
})

test('its follow-ups tag personal columns and trace views to the columns they come from', async () => {
  const children = await product.jobs(`connectionId=${shop.id}&trigger=parent`)
  expect(children.map(({ type, status }) => `${type} ${status}`).toSorted()).toEqual([
    'lineage_extraction completed',
    'tag_generation completed',
  ])
  const [customer] = await pages(`/assets?connectionId=${shop.id}&tag=email`)
  expect(customer).toBeDefined()
  const [revenue] = await pages(`/assets?connectionId=${shop.id}&q=analytics.order_revenue`)
  const lineage = await get(`/assets/${revenue?.id}/lineage?direction=upstream&depth=1&columns=true`)
  expect(lineage.edges.length).toBeGreaterThan(0)
  expect(lineage.edges.flatMap((edge: { columns: unknown[] }) => edge.columns)).not.toEqual([])
})

test('discovery without a change reports none and starts nothing', async () => {
  const job = await discovered()
  expect(job.message).toMatch(/nothing changed$/)
  expect(job.counts).toMatchObject({ changes: 0, followUps: 0 })
  expect((await get(`/assets/${shop.rootAssetId}/schema-changes`)).items).toEqual([])
})

test('what changed is reported with what breaks, a renamed table keeps its id, and only that is looked at again', async () => {
  const [before] = await pages(`/assets?connectionId=${shop.id}&q=hr.department`)
  await inSource(
    sourceUrl,
    `alter table hr.department rename to division;
     alter table crm.customer add column nickname text;
     drop materialized view analytics.product_performance`,
  )
  const job = await discovered()
  const { items } = await get(`/assets/${shop.rootAssetId}/schema-changes?jobId=${job.id}`)
  const seen = items.map(
    (change: { kind: string; asset: { name: string }; column: string | null; breaking: boolean }) =>
      `${change.kind} ${change.asset.name} ${change.column ?? '-'} ${change.breaking ? 'breaking' : 'safe'}`,
  )
  expect(seen).toEqual(
    expect.arrayContaining([
      'table_renamed division - breaking',
      'column_added customer nickname safe',
      'table_removed product_performance - breaking',
    ]),
  )
  const [after] = await pages(`/assets?connectionId=${shop.id}&q=hr.division`)
  expect(after?.id).toBe(before?.id)
  const tagging = (await product.jobs(`parentJobId=${job.id}&type=tag_generation`))[0]
  expect(tagging?.counts['tables']).toBeLessThan(10)
})

test('a schema that was not read is left as it was', async () => {
  await inSource(sourceUrl, 'drop view analytics.delivery_time')
  const job = await discovered({ schemas: ['crm'], followUps: [] })
  expect(job).toMatchObject({ status: 'completed', counts: { changes: 0 } })
  const again = await discovered({ followUps: [] })
  expect(again.counts['changes']).toBe(1)
})

test('a cancelled job ends its statement in Postgres itself', async () => {
  await inSource(
    sourceUrl,
    `create table crm.slow (email text);
     insert into crm.slow values ('ann@example.org');
     alter table crm.slow enable row level security;
     create policy slowly on crm.slow using (pg_sleep(600) is null);
     create role slow_reader login password 'slow';
     grant usage on schema crm to slow_reader;
     grant select on crm.slow to slow_reader`,
  )
  await discovered({ followUps: [] })
  const asReader = { settings: { user: 'slow_reader' }, credentials: { password: 'slow' } }
  expect((await product.gateway.call('PATCH', `/connections/${shop.id}`, asReader)).status).toBe(200)
  const [slow] = await pages(`/assets?connectionId=${shop.id}&q=crm.slow`)
  const { id } = await product.start('tag_generation', slow?.id ?? '')
  const sleeping = async () => {
    const client = new Client({ connectionString: sourceUrl })
    await client.connect()
    const { rows } = await client.query(
      `select pid from pg_stat_activity where state = 'active' and usename = 'slow_reader' and pid <> pg_backend_pid()`,
    )
    await client.end()
    return rows.length
  }
  await expect.poll(sleeping).toBe(1)
  await product.gateway.call('POST', `/jobs/${id}/cancel`, { reason: 'too slow' })
  await expect.poll(async () => (await product.job(id)).status, { timeout: 10_000 }).toBe('cancelled')
  expect(await sleeping()).toBe(0)
})

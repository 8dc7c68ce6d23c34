import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabaseOn } from '../../support/databases.ts'
import { ownPostgres, type OwnPostgres } from '../../support/own-postgres.ts'
import { startProduct, type JobDetailAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'

let product: Product
let server: OwnPostgres
let sourceUrl: string
let connectionId: string
let root: string

const shop = `
  create extension pg_stat_statements;
  create schema sales;
  create schema mart;
  create table sales.customer (id int primary key, email text, region text);
  create table sales.ord (id int primary key, customer_id int references sales.customer, total numeric, state text);
  create table public.daily (buyer text, total numeric);
  create table mart.top (buyer text, total numeric);
  create table mart.report (region text, n bigint);
  create view sales.paid as select o.id, o.total from sales.ord o where o.state = 'paid';
  create function mart.refresh(since date) returns void language plpgsql as $$
    declare n int;
    begin
      create temp table step as select buyer, total from daily where total > 10;
      insert into mart.top (buyer, total) select buyer, total from step;
    end $$;
  create procedure mart.count_regions() language sql
    begin atomic insert into mart.report select region, count(*) from sales.customer group by region; end;
  create role reader login password 'reader';
  grant usage on schema sales, mart to reader;`

/** A statement that ran, with a value that must be nowhere afterwards. */
const load = `insert into daily (buyer, total)
  select c.email, o.total from sales.ord o join sales.customer c on c.id = o.customer_id where o.state = 'secret-4711'`

beforeAll(async () => {
  server = await ownPostgres(['pg_stat_statements'])
  product = await startProduct()
  sourceUrl = await createDatabaseOn(server.url)
  await inSource(sourceUrl, shop)
  await inSource(sourceUrl, load)
  await inSource(sourceUrl, load)
  await inSource(sourceUrl, `create temp table top as select * from sales.customer where region = 'secret-4711'`)
  await product.startWorker()
  const connection = await product.connect('shop', sourceUrl)
  connectionId = connection.id
  root = connection.rootAssetId
})
afterAll(async () => {
  await product.stop()
  await server.remove()
})

async function finished(
  type: string,
  config: object,
  asset = root,
): Promise<JobDetailAnswer & { warningsList: { code: string; message: string }[] }> {
  const { id } = await product.start(type, asset, config)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 30_000 }).not.toMatch(/pending|running/)
  const { body } = await product.gateway.call('GET', `/jobs/${id}`)
  expect(body).toMatchObject({ status: 'completed', error: null })
  return body
}

interface Edge {
  pair: string
  evidence: string
  columns: string[]
  indirect: string[]
  certainty: string
  confidence: number
  seen: number
  statement: string | null
  name: string | null
}

async function inRecord<Row extends object>(query: string): Promise<Row[]> {
  const client = new Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

const edges = (): Promise<Edge[]> =>
  inRecord<Edge>(`
    select f.name || ' > ' || t.name as pair, e.evidence, e.indirect, e.certainty, e.confidence, e.seen_count::int as seen,
      s.text as statement, s.name,
      array(select c ->> 'from' || ' > ' || (c ->> 'to') from jsonb_array_elements(e.columns) c order by 1) as columns
    from lineage_edge e join asset f on f.id = e.from_asset_id join asset t on t.id = e.to_asset_id
    left join lineage_statement s on s.id = e.statement_id
    order by e.evidence, pair, s.text`)

describe('lineage of everything that a source keeps', () => {
  test('comes from views, statements that ran, routines and keys, each with its evidence', async () => {
    await finished('schema_discovery', { followUps: [] })
    const job = await finished('lineage_extraction', {})
    expect(job.warningsList).toEqual([])
    expect(job.counts).toMatchObject({ statements: expect.any(Number), failed: 0 })
    expect(await edges()).toMatchObject([
      { pair: 'customer > ord', evidence: 'foreign_key', statement: null, confidence: 1 },
      {
        pair: 'customer > report',
        evidence: 'function',
        name: 'mart.count_regions()',
        columns: ['region > region'],
        certainty: 'resolved',
        seen: 1,
      },
      {
        pair: 'daily > top',
        evidence: 'function',
        name: 'mart.refresh(since date)',
        columns: ['buyer > buyer', 'total > total'],
        indirect: [],
      },
      {
        pair: 'customer > daily',
        evidence: 'query',
        columns: ['email > buyer'],
        indirect: ['id'],
        certainty: 'resolved',
        confidence: expect.closeTo(0.95),
        seen: 2,
      },
      {
        pair: 'ord > daily',
        evidence: 'query',
        columns: ['total > total'],
        indirect: ['customer_id', 'state'],
        seen: 2,
      },
      {
        pair: 'ord > paid',
        evidence: 'view',
        columns: ['id > id', 'total > total'],
        indirect: ['state'],
        statement: null,
      },
    ])
    const kept = await inRecord<{ text: string }>(
      'select text from lineage_statement union all select result::text from statement_lineage',
    )
    expect(kept.filter(({ text }) => text.includes('4711'))).toEqual([])
  })

  test('is not traced again while nothing changed, and a statement is seen when it ran again', async () => {
    const traced = () =>
      inRecord('select encode(hash, $$hex$$) as hash, catalog, used_at from statement_lineage order by hash')
    const before = await traced()
    await finished('lineage_extraction', {})
    expect(await traced()).toEqual(before)
    const seen = async () => (await edges()).filter(({ evidence }) => evidence === 'query').map((edge) => edge.seen)
    expect(await seen()).toEqual([2, 2])
    await inSource(sourceUrl, load)
    await finished('lineage_extraction', {})
    expect(await seen()).toEqual([3, 3])
  })

  test('a changed table has its statements traced anew', async () => {
    const count = async () => (await inRecord('select from statement_lineage')).length
    const before = await count()
    await inSource(sourceUrl, 'alter table sales.customer add phone text')
    await finished('schema_discovery', { followUps: [] })
    await finished('lineage_extraction', {})
    expect(await count()).toBeGreaterThan(before)
  })

  test('what is not seen any more fades and stays; the time is the one of the job', async () => {
    await inRecord(`update lineage_edge set last_seen_at = now() - interval '10 days' where evidence = 'query'`)
    const faded = async () =>
      (
        await inRecord<{ faded: boolean }>(
          `select fades_at < now() as faded from lineage_edge where evidence = 'query'`,
        )
      ).map((edge) => edge.faded)
    await finished('lineage_extraction', { fadeDays: 30 })
    expect(await faded()).toEqual([false, false])
    await finished('lineage_extraction', { fadeDays: 5 })
    expect(await faded()).toEqual([true, true])
    await inSource(sourceUrl, load)
    await finished('lineage_extraction', { fadeDays: 5 })
    expect(await faded()).toEqual([false, false])
  })

  test('sources can be left out', async () => {
    const job = await finished('lineage_extraction', { queries: false, functions: false, dbt: false })
    expect(job.counts).toMatchObject({ statements: 0 })
  })
})

describe('a dbt manifest', () => {
  const node = (name: string, more: object = {}) => ({
    unique_id: `model.shop.${name}`,
    resource_type: 'model',
    database: new URL(sourceUrl).pathname.slice(1),
    schema: 'mart',
    alias: name,
    name,
    config: { materialized: 'table', enabled: true },
    depends_on: { nodes: [], macros: [] },
    ...more,
  })
  const manifest = (nodes: { unique_id: string }[]) => ({
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.10.0',
      generated_at: '2026-05-04T03:02:01.123456Z',
      project_name: 'shop',
      adapter_type: 'postgres',
    },
    nodes: Object.fromEntries(nodes.map((one) => [one.unique_id, one])),
    sources: {
      'source.shop.customer': node('customer', {
        unique_id: 'source.shop.customer',
        resource_type: 'source',
        schema: 'sales',
      }),
    },
    macros: { 'macro.shop.x': { macro_sql: 'x'.repeat(100_000) } },
  })
  const upload = (body: unknown) => product.gateway.call('PUT', `/connections/${connectionId}/dbt-manifest`, body)

  test('gives the models with their columns, and those that are not compiled by what they depend on', async () => {
    const compiled = `with regions as (select region from "${new URL(sourceUrl).pathname.slice(1)}"."sales"."customer") select region from regions`
    const answer = await upload(
      manifest([
        node('report', { compiled_code: compiled, depends_on: { nodes: ['source.shop.customer'] } }),
        node('between', { config: { materialized: 'ephemeral' }, depends_on: { nodes: ['source.shop.customer'] } }),
        node('top', { depends_on: { nodes: ['model.shop.between'] } }),
      ]),
    )
    expect(answer).toMatchObject({
      status: 200,
      body: { project: 'shop', dbtVersion: '1.10.0', nodes: 4, withoutSql: 2, otherDatabase: 0, connectionId },
    })
    await finished('lineage_extraction', {})
    const found = (await edges()).filter(({ evidence }) => evidence === 'dbt')
    expect(found).toMatchObject([
      { pair: 'customer > report', name: 'model.shop.report', columns: ['region > region'], certainty: 'resolved' },
      { pair: 'customer > top', name: 'model.shop.top', columns: [] },
    ])
  })

  test('replaces the one before as a whole, and is refused as a whole', async () => {
    expect((await upload(manifest([node('report')]))).body).toMatchObject({ nodes: 2 })
    const refused = [
      ['{"metadata": {"dbt_schema', 'ends in the middle'],
      ['not json', 'is no JSON'],
      [{ nodes: {} }, 'manifest.json that dbt writes'],
      [manifest([{ unique_id: 'model.shop.odd' }]), 'nodes'],
    ] as const
    for (const [body, said] of refused) {
      const { status, body: problem } = await upload(body)
      expect([status, problem.code]).toEqual([422, 'invalid-input'])
      expect(JSON.stringify(problem)).toContain(said === 'nodes' ? 'resource_type' : said)
    }
    expect(await inRecord('select nodes from dbt_manifest')).toEqual([{ nodes: 2 }])
  })
})

describe('an OpenLineage event', () => {
  const namespace = () => `postgres://127.0.0.1:${new URL(sourceUrl).port}`
  const name = (table: string) => `${new URL(sourceUrl).pathname.slice(1)}.${table}`
  const event = (more: object = {}) => ({
    eventType: 'COMPLETE',
    eventTime: '2026-05-04T03:02:01+02:00',
    producer: 'https://example.com/pipeline',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: '0198c0de-0000-7000-8000-000000000001' },
    job: { namespace: 'pipelines', name: 'regions', facets: { sql: { query: 'insert into mart.report …' } } },
    inputs: [
      { namespace: namespace(), name: name('sales.customer') },
      { namespace: 's3://lake', name: 'raw/customers' },
    ],
    outputs: [
      {
        namespace: 'shop',
        name: 'mart.report',
        facets: {
          columnLineage: {
            fields: {
              region: {
                inputFields: [
                  { namespace: namespace(), name: name('sales.customer'), field: 'region' },
                  {
                    namespace: namespace(),
                    name: name('sales.customer'),
                    field: 'id',
                    transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }],
                  },
                ],
              },
              gone: { inputFields: [] },
            },
          },
        },
      },
    ],
    ...more,
  })
  const post = (body: unknown) => product.gateway.call('POST', '/lineage/openlineage', body)
  const reported = async () => (await edges()).filter(({ evidence }) => evidence === 'openlineage')

  test('becomes edges with columns, and says what no connection has', async () => {
    const { status, body } = await post(event())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      edges: 1,
      columns: 1,
      unmatched: [
        { namespace: 's3://lake', name: 'raw/customers', field: null },
        { namespace: 'shop', name: 'mart.report', field: 'gone' },
      ],
    })
    expect(await reported()).toMatchObject([
      {
        pair: 'customer > report',
        name: 'pipelines/regions',
        columns: ['region > region'],
        indirect: ['id'],
        seen: 1,
        statement: 'insert into mart.report …',
      },
    ])
  })

  test('counts each run once, takes no columns away, and nothing from a run that failed', async () => {
    const run = { runId: '0198c0de-0000-7000-8000-000000000002' }
    await post(event())
    await post(event({ run, eventType: 'START', outputs: [{ namespace: 'shop', name: 'mart.report' }] }))
    await post(event({ run }))
    expect(await reported()).toMatchObject([{ columns: ['region > region'], seen: 2 }])
    const failed = await post(event({ eventType: 'FAIL', run: { runId: '0198c0de-0000-7000-8000-000000000003' } }))
    expect(failed.body).toMatchObject({ edges: 0 })
    expect(await reported()).toMatchObject([{ seen: 2 }])
  })

  test('that is none is refused with what is wrong', async () => {
    const { status, body } = await post(event({ run: { runId: 'mine' }, eventTime: 'yesterday' }))
    expect(status).toBe(422)
    expect(body.errors.map((error: { path: string }) => error.path).toSorted()).toEqual(['eventTime', 'run.runId'])
  })
})

describe('what cannot be read or understood', () => {
  test('a role without privileges, and a server without the extension, get a warning that says what to do', async () => {
    const reader = new URL(sourceUrl)
    reader.username = 'reader'
    reader.password = 'reader'
    const connection = await product.connect('as reader', reader.href)
    await finished('schema_discovery', { followUps: [] }, connection.rootAssetId)
    const { warningsList } = await finished('lineage_extraction', {}, connection.rootAssetId)
    expect(warningsList).toMatchObject([
      { code: 'history-not-readable', message: expect.stringContaining('GRANT pg_read_all_stats TO "reader"') },
    ])
    await inSource(sourceUrl, 'revoke select on pg_stat_statements from public')
    const closed = await finished('lineage_extraction', {}, connection.rootAssetId)
    expect(closed.warningsList).toMatchObject([
      { code: 'history-not-readable', message: expect.stringContaining('GRANT SELECT ON pg_stat_statements') },
    ])
    await inSource(sourceUrl, 'drop extension pg_stat_statements')
    const without = await finished('lineage_extraction', {}, connection.rootAssetId)
    expect(without.warningsList).toMatchObject([
      { code: 'history-not-readable', message: expect.stringContaining('CREATE EXTENSION pg_stat_statements') },
    ])
  })

  test('a routine that is not parsed is a warning with its place, and the others are traced', async () => {
    await inSource(
      sourceUrl,
      `set check_function_bodies = off; create function mart.odd() returns void language plpgsql as $f$ begin
        execute format('insert into %I select 1', 'x'); insert into mart.top select buyer from daily where buyer @@@@ in 'odd-4711';
      end $f$`,
    )
    const { warningsList } = await finished('lineage_extraction', { queries: false })
    const [warning] = warningsList
    expect(warning).toMatchObject({ code: 'statement-not-parsed', message: expect.stringContaining('mart.odd()') })
    expect(warning?.message).not.toContain('4711')
  })
})

import { openDatabase, type Database } from '@plumbline/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { connectShop, missing, project, shopStatements, withEmulator } from './shop.ts'

const load = `insert into sales.report (who, total)
  select c.email, p.total from sales.purchase as p join sales.customer as c on c.id = p.customer_id where p.total > 4711`

const emulator = withEmulator([
  ...shopStatements,
  'create table sales.report (who string, total numeric(12, 2))',
  'create table sales.top_report (who string, total numeric(12, 2))',
  `create view sales.rich as
    select c.email as mail, p.total as spent from \`${project}.sales.customer\` as c join sales.purchase as p on p.customer_id = c.id`,
  `create procedure sales.refresh()
    begin insert into sales.top_report (who, total) select who, total from sales.report where who <> ''; end`,
  load,
  load.replace('4711', '4712'),
  'create table sales.pages as select page, at from `sales.events_*`',
  'insert into sales.events_20240103 (page, at) select who, current_timestamp() from sales.report',
  'select count(*) from sales.customer',
])

let product: Product
let record: Database
let root: string
beforeAll(async () => {
  if (missing !== undefined) return
  // A result that is written to a table by the job, not by its text.
  await emulator().call('POST', '/jobs', {
    configuration: {
      query: {
        query: 'select who, total from sales.report',
        useLegacySql: false,
        destinationTable: { projectId: project, datasetId: 'sales', tableId: 'copy' },
      },
    },
  })
  product = await startProduct()
  await product.startWorker()
  record = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  root = (await connectShop(product, emulator().url)).rootAssetId
})
afterAll(async () => {
  await record?.destroy()
  await product?.stop()
})

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)

async function completed(
  type: string,
  config: object = {},
): Promise<{ counts: Record<string, number>; warnings: string[] }> {
  const { id } = await product.start(type, root, config)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 60_000 }).not.toMatch(/pending|running/)
  const { body } = await call('GET', `/jobs/${id}`)
  expect(body).toMatchObject({ status: 'completed', error: null })
  return { counts: body.counts, warnings: body.warningsList.map(({ message }: { message: string }) => message) }
}

interface Edge {
  pair: string
  columns: string[]
  indirect: string[]
  certainty: string
  seen: number
  statement: string | null
}

const edges = async (evidence: string): Promise<Edge[]> =>
  (
    await sql<Edge>`
      select f.name || ' > ' || t.name as pair, e.indirect, e.certainty, e.seen_count::int as seen, s.text as statement,
        array(select c ->> 'from' || ' > ' || (c ->> 'to') from jsonb_array_elements(e.columns) c order by 1) as columns
      from lineage_edge e join asset f on f.id = e.from_asset_id join asset t on t.id = e.to_asset_id
      left join lineage_statement s on s.id = e.statement_id
      where e.evidence = ${evidence} order by pair, s.text`.execute(record)
  ).rows

test('lineage comes from views, procedures and the texts of what ran, shards and tables of results among them (on the emulator)', async () => {
  await completed('schema_discovery', { followUps: [] })
  const { warnings, counts } = await completed('lineage_extraction')
  expect(warnings).toEqual([])
  expect(counts).toMatchObject({ failed: 0 })
  expect(await edges('view')).toMatchObject([
    { pair: 'customer > customer_mail', columns: ['email > email', 'id > id'], certainty: 'resolved' },
    { pair: 'customer > rich', columns: ['email > mail'], indirect: ['id'] },
    { pair: 'purchase > per_customer', columns: ['customer_id > customer_id'] },
    { pair: 'purchase > rich', columns: ['total > spent'], indirect: ['customer_id'] },
  ])
  expect(await edges('function')).toMatchObject([
    { pair: 'report > top_report', columns: ['total > total', 'who > who'], certainty: 'resolved' },
  ])
  const byQuery = await edges('query')
  expect(byQuery).toMatchObject([
    { pair: 'customer > report', columns: ['email > who'], indirect: ['id'], certainty: 'resolved', seen: 2 },
    { pair: 'events_* > pages', columns: ['at > at', 'page > page'], seen: 1 },
    { pair: 'purchase > report', columns: ['total > total'], indirect: ['customer_id'], seen: 2 },
    { pair: 'report > copy', columns: ['total > total', 'who > who'], seen: 1 },
    { pair: 'report > events_*', columns: ['who > page'], seen: 1 },
  ])
  expect(JSON.stringify(byQuery)).not.toMatch(/471[12]/)
})

test('a second reading begins where the first one ended, and counts on (on the emulator)', async () => {
  // What runs is shown two minutes earlier.
  await sql`update connection set history_read_to = now() - interval '2 minutes'`.execute(record)
  await emulator().execute(load)
  await completed('lineage_extraction')
  expect((await edges('query')).filter(({ pair }) => pair.endsWith('> report'))).toMatchObject([
    { seen: 3 },
    { seen: 3 },
  ])
})

test('a metric by SQL is judged, tried, saved and measured (on the emulator)', async () => {
  const { body } = await call('GET', '/assets?limit=100')
  const { id: assetId } = body.items.find(({ qualifiedName }: { qualifiedName: string }) =>
    qualifiedName.endsWith('.sales.known'),
  )
  const define = (name: string, query: string) =>
    call('POST', '/metrics', { name, assetId, spec: { kind: 'sql', sql: query } })
  expect(await define('gone', 'delete from sales.known where true')).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'spec.sql', message: expect.stringContaining('Only a SELECT') }] },
  })
  expect(await define('abroad', 'select count(*) from `other-project.sales.known`')).toMatchObject({
    status: 422,
    body: { errors: [{ message: expect.stringContaining('Leave out the project other-project') }] },
  })
  expect(await define('nowhere', 'select count(*) from sales.nowhere')).toMatchObject({
    status: 422,
    body: { code: 'metric-refused' },
  })
  const saved = await define(
    'words',
    'select word is null as missing, count(*) as n from `sales.known` group by missing',
  )
  expect(saved).toMatchObject({ status: 201, body: { notTried: null } })
  await completed('metric_capture')
  const { body: metrics } = await call('GET', `/metrics?assetId=${assetId}`)
  expect(metrics.items).toMatchObject([{ name: 'words', lastOutcome: { ok: true, groups: 2 } }])
})

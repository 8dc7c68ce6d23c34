import { openDatabase, type Database } from '@plumbline/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { accessedBy, accessHistory, accountUsage, ranStatement } from './history-seed.ts'
import { connectShop, missing, password, shopStatements, withEmulator } from './shop.ts'

const load = `insert into report (who, total)
  select c.email, p.total from purchase p join customer c on c.id = p.customer_id where p.total > 4711`
const tables = ['CUSTOMER', 'PURCHASE', 'REPORT'].map((name) => `SHOP.SALES.${name}`)
const [customer, purchase, report] = tables

const emulator = withEmulator({ PLUMBLINE: { password } }, [
  ...shopStatements,
  'create table shop.sales.report (who varchar, total number(12,2))',
  'create table shop.sales.top_report (who varchar, total number(12,2))',
  'create view shop.sales.rich (mail, spent) as select c.email, p.total from shop.sales.customer c join shop.sales.purchase p on p.customer_id = c.id',
  `create procedure shop.sales.refresh() returns varchar language sql as
    $$ begin insert into top_report select who, total from report where who <> ''; return 'done'; end $$`,
  ...accountUsage,
  ranStatement({ id: 'q1', text: load, hash: 'load', hoursAgo: 30 }),
  ranStatement({ id: 'q2', text: load, hash: 'load', hoursAgo: 6 }),
  ranStatement({ id: 'q3', text: load, hash: 'load', hoursAgo: 5, status: 'FAIL' }),
  ranStatement({ id: 'q4', text: 'select * from customer', type: 'SELECT', hoursAgo: 5 }),
  ranStatement({ id: 'q5', text: 'insert into top_report select * from report where total > 4711', hoursAgo: 5 }),
])

let product: Product
let record: Database
let root: string
beforeAll(async () => {
  if (missing !== undefined) return
  product = await startProduct()
  await product.startWorker()
  record = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  root = (await connectShop(product, emulator().url)).rootAssetId
})
afterAll(async () => {
  await record?.destroy()
  await product?.stop()
})

async function completed(
  type: string,
  config: object = {},
): Promise<{ counts: Record<string, number>; warnings: string[] }> {
  const { id } = await product.start(type, root, config)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 30_000 }).not.toMatch(/pending|running/)
  const { body } = await product.gateway.call('GET', `/jobs/${id}`)
  expect(body).toMatchObject({ status: 'completed', error: null })
  return { counts: body.counts, warnings: body.warningsList.map(({ message }: { message: string }) => message) }
}

interface Edge {
  pair: string
  evidence: string
  columns: string[]
  indirect: string[]
  certainty: string
  seen: number
  statement: string | null
}

const edges = async (evidence: string): Promise<Edge[]> =>
  (
    await sql<Edge>`
      select f.name || ' > ' || t.name as pair, e.evidence, e.indirect, e.certainty, e.seen_count::int as seen, s.text as statement,
        array(select c ->> 'from' || ' > ' || (c ->> 'to') from jsonb_array_elements(e.columns) c order by 1) as columns
      from lineage_edge e join asset f on f.id = e.from_asset_id join asset t on t.id = e.to_asset_id
      left join lineage_statement s on s.id = e.statement_id
      where e.evidence = ${evidence} order by pair, s.text`.execute(record)
  ).rows

test('lineage comes from views and from the texts of what ran, where nobody tells columns (on the emulator)', async () => {
  await completed('schema_discovery', { followUps: [] })
  const { warnings, counts } = await completed('lineage_extraction')
  expect(counts).toMatchObject({ failed: 0, statements: 3 })
  expect(warnings).toEqual([
    expect.stringContaining('GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER TO ROLE PLUMBLINE;'),
  ])
  expect(warnings[0]).toContain('ACCESS_HISTORY cannot be read')
  expect(await edges('view')).toMatchObject([
    { pair: 'CUSTOMER > CUSTOMER_MAIL', columns: ['EMAIL > EMAIL', 'ID > ID'], certainty: 'resolved', statement: null },
    { pair: 'CUSTOMER > RICH', columns: ['EMAIL > MAIL'], indirect: ['ID'] },
    { pair: 'PURCHASE > RICH', columns: ['TOTAL > SPENT'], indirect: ['CUSTOMER_ID'] },
  ])
  expect(await edges('function')).toMatchObject([
    { pair: 'REPORT > TOP_REPORT', columns: ['TOTAL > TOTAL', 'WHO > WHO'], certainty: 'resolved' },
  ])
  const byQuery = await edges('query')
  expect(byQuery).toMatchObject([
    { pair: 'CUSTOMER > REPORT', columns: ['EMAIL > WHO'], indirect: ['ID'], certainty: 'resolved', seen: 2 },
    { pair: 'PURCHASE > REPORT', columns: ['TOTAL > TOTAL'], indirect: ['CUSTOMER_ID'], seen: 2 },
    { pair: 'REPORT > TOP_REPORT', columns: ['TOTAL > TOTAL', 'WHO > WHO'], seen: 1 },
  ])
  expect(byQuery[0]?.statement).toContain('use schema "SHOP"."SALES";')
  expect(JSON.stringify(byQuery)).not.toContain('4711')
})

test('a second reading begins where the first one ended, and counts on (on the emulator)', async () => {
  expect(await completed('lineage_extraction')).toMatchObject({ counts: { statements: 1, added: 0 } })
  expect(await edges('query')).toMatchObject([{ seen: 2 }, { seen: 2 }, { seen: 1 }])
  // The history is complete up to 45 minutes ago only.
  await sql`update connection set history_read_to = now() - interval '2 hours'`.execute(record)
  await emulator().execute(
    ranStatement({ id: 'q6', text: load, hash: 'load', hoursAgo: 1 }),
    ranStatement({ id: 'q7', text: load, hash: 'load', hoursAgo: 0 }),
  )
  expect(await completed('lineage_extraction')).toMatchObject({ counts: { statements: 2, added: 0 } })
  expect(await edges('query')).toMatchObject([{ seen: 3 }, { seen: 3 }, { seen: 1 }])
})

test('where ACCESS_HISTORY can be read, it tells what flowed, also of what ran before (on the emulator)', async () => {
  await emulator().execute(
    accessHistory,
    ...['q2', 'q6'].map((id) =>
      accessedBy(
        id,
        id === 'q2' ? 6 : 1,
        [
          { objectDomain: 'Table', objectName: customer, columns: [{ columnName: 'ID' }, { columnName: 'EMAIL' }] },
          { objectDomain: 'Table', objectName: purchase, columns: [{ columnName: 'CUSTOMER_ID' }] },
          { objectDomain: 'Function', objectName: 'SHOP.SALES.CLEAN' },
        ],
        [
          {
            objectDomain: 'Table',
            objectName: report,
            columns: [
              {
                columnName: 'WHO',
                directSources: [{ objectDomain: 'Table', objectName: customer, columnName: 'EMAIL' }],
                baseSources: [],
              },
            ],
          },
        ],
      ),
    ),
  )
  const { warnings } = await completed('lineage_extraction')
  expect(warnings).toEqual([])
  expect(await edges('query')).toMatchObject([
    { pair: 'CUSTOMER > REPORT', columns: ['EMAIL > WHO'], indirect: ['ID'] },
    { pair: 'PURCHASE > REPORT', columns: [], indirect: ['CUSTOMER_ID'] },
    { pair: 'REPORT > TOP_REPORT', columns: ['TOTAL > TOTAL', 'WHO > WHO'] },
  ])
})

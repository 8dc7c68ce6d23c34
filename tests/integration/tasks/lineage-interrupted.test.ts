import { openDatabase, type Database } from '@plumbline/store'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

const waiting = { timeout: 60_000 }
const barrier = 4711

let product: Product
let record: Database
let root: string
beforeAll(async () => {
  product = await startProduct()
  record = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  const source = await createDatabase()
  await inSource(
    source,
    `create schema shop;
     create table shop.customer (id int primary key, email text);
     create table shop.mailing (address text);
     create view shop.reach as select email from shop.customer;
     create function shop.fill() returns void language sql as 'insert into shop.mailing select email from shop.customer';`,
  )
  root = (await product.connect('shop', source)).rootAssetId
})
afterAll(async () => {
  await product.stop()
  await record.destroy()
})

const statusOf = (id: string) => async () => (await product.job(id)).status

/** Sessions that wait at the barrier. */
const waitingPids = async () =>
  (
    await sql<{ pid: number }>`
      select pid from pg_locks where locktype = 'advisory' and objid = ${barrier} and not granted`.execute(record)
  ).rows.map(({ pid }) => pid)

test('a worker that is killed while it collects costs the job an attempt, and nothing is there twice', async () => {
  const first = await product.startWorker()
  const discovery = await product.start('schema_discovery', root, { followUps: [] })
  await expect.poll(statusOf(discovery.id), waiting).toBe('completed')

  // The views are collected by then; the routines stop on their way into the record.
  await sql`create function stop_here() returns trigger language plpgsql as
    ${sql.lit(`begin perform pg_advisory_xact_lock_shared(${barrier}); return new; end`)}`.execute(record)
  await sql`create trigger stop_here before insert on collected_statement for each row
    when (new.origin = 'function') execute function stop_here()`.execute(record)
  const keeper = new Client({ connectionString: product.databaseUrl })
  await keeper.connect()
  await keeper.query('select pg_advisory_lock($1)', [barrier])

  const { id } = await product.start('lineage_extraction', root, { queries: false })
  await expect.poll(waitingPids, waiting).toHaveLength(1)
  expect(await product.detail(id)).toMatchObject({
    status: 'running',
    steps: [{ name: 'collect', attempts: 1 }, {}, {}, {}],
  })
  await first.kill()
  for (const pid of await waitingPids()) await sql`select pg_terminate_backend(${pid})`.execute(record)
  await keeper.end()
  await sql`drop trigger stop_here on collected_statement`.execute(record)

  await product.startWorker()
  await expect.poll(statusOf(id), waiting).toBe('completed')
  const job = await product.detail(id)
  expect(job).toMatchObject({ error: null, counts: { statements: 1, failed: 0 } })
  expect(job.steps[0]).toMatchObject({ status: 'completed', attempts: 2 })
  const { rows } = await sql<{ pair: string; evidence: string; seen: number }>`
    select f.name || ' > ' || t.name as pair, e.evidence, e.seen_count as seen
    from lineage_edge e join asset f on f.id = e.from_asset_id join asset t on t.id = e.to_asset_id
    order by e.evidence`.execute(record)
  expect(rows).toEqual([
    { pair: 'customer > mailing', evidence: 'function', seen: 1 },
    { pair: 'customer > reach', evidence: 'view', seen: 1 },
  ])
  const left = await sql`select from collected_statement union all select from traced_edge`.execute(record)
  expect(left.rows).toEqual([])
})

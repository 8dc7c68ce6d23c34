import { jobTypes } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startPgBouncer, type PgBouncer } from '../../support/pgbouncer.ts'
import { withPgBouncer } from '../../support/pgbouncer-program.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'
import { connectTo } from '../connectors/source-database.ts'

const reader = { username: 'pooled_reader', password: 'pooled' }

withPgBouncer((program) => {
  let url: string
  let pooler: PgBouncer
  let product: Product
  let root: string

  beforeAll(async () => {
    url = await createDatabase()
    await inSource(
      url,
      `create role ${reader.username} login password '${reader.password}';
       create schema shop; grant usage on schema shop to ${reader.username};
       create table shop.customers (id int primary key, email text, updated_at timestamptz default now());
       insert into shop.customers select n, 'person' || n || '@example.org' from generate_series(1, 200) n;
       create table shop.orders (id int primary key, customer_id int references shop.customers, total numeric(10,2));
       insert into shop.orders select n, n, n from generate_series(1, 200) n;
       create view shop.totals as select c.email, sum(o.total) as total from shop.customers c
         join shop.orders o on o.customer_id = c.id group by c.email;
       grant select on all tables in schema shop to ${reader.username}; analyze`,
    )
    // Fewer sessions than jobs run at once: some wait until a transaction of another ends.
    const users = { [reader.username]: reader.password }
    pooler = await startPgBouncer(program, { serverUrl: inject('postgresUrl'), users, poolSize: 2 })
    product = await startProduct()
    await product.startWorker()
    const source = Object.assign(new URL(pooler.through(url)), reader)
    root = (await product.connect('behind PgBouncer', source.href)).rootAssetId
  })
  afterAll(async () => {
    await product.stop()
    await pooler.stop()
  })

  const untilAllEnded = () => expect.poll(() => product.jobs('tab=active')).toEqual([])

  async function discover(): Promise<string> {
    const { id } = await product.start('schema_discovery', root)
    await untilAllEnded()
    return (await product.job(id)).message
  }

  test('all kinds of jobs run, with fewer sessions than jobs', async () => {
    expect(await discover()).toBe('2 tables and 1 view, the first snapshot')
    expect(await discover()).toBe('2 tables and 1 view, nothing changed')
    const others = jobTypes.filter((type) => type !== 'schema_discovery')
    await Promise.all(others.map((type) => product.start(type, root)))
    await untilAllEnded()
    const jobs = await product.jobs('tab=all')
    expect(jobs.filter(({ status, error }) => status !== 'completed' || error !== null)).toEqual([])
    expect(new Set(jobs.map(({ type }) => type))).toEqual(new Set(jobTypes))
  })

  test('a cancelled job ends its statement in the server', async () => {
    await using owner = await connectTo(url)
    await owner.client.query(
      `create table shop.slow (email text); insert into shop.slow values ('ann@example.org');
       alter table shop.slow enable row level security;
       create policy slowly on shop.slow using (pg_sleep(600) is null);
       grant select on shop.slow to ${reader.username}`,
    )
    const { id } = await product.start('schema_discovery', root)
    const sleeping = async () => {
      const { rows } = await owner.client.query(
        `select from pg_stat_activity where state = 'active' and usename = '${reader.username}' and wait_event = 'PgSleep'`,
      )
      return rows.length
    }
    await expect.poll(sleeping).toBe(1)
    const [tagging] = await product.jobs('tab=active&type=tag_generation')
    expect((await product.gateway.call('POST', `/jobs/${tagging?.id}/cancel`, {})).status).toBe(202)
    await untilAllEnded()
    expect(await sleeping()).toBe(0)
    expect((await product.job(tagging?.id ?? '')).status).toBe('cancelled')
    expect((await product.job(id)).status).toBe('completed')
  })
})

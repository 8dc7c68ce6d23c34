import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTo } from '../connectors/source-database.ts'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let sourceUrl: string
let root: string
const ids: Record<string, string> = {}

const threeDaysMs = 3 * 86_400_000
const shop = `
  create schema sales;
  create table sales.ord (id int primary key, updated_at timestamptz not null, placed_on date);
  create index on sales.ord (updated_at);
  insert into sales.ord select n, now() - interval '3 days' - n * interval '1 hour', null from generate_series(0, 9) n;
  create table sales.customer (id int primary key) with (autovacuum_enabled = false);
  create table sales.event (at timestamptz not null) partition by range (at);
  create table sales.event_2020 partition of sales.event for values from ('2020-01-01') to ('2021-01-01');
  create table sales.event_now partition of sales.event default;
  create index on sales.event (at);
  insert into sales.event values ('2020-05-05'), (now() - interval '1 hour');
  create table sales.doomed (id int);
  create view sales.looked as select * from sales.ord;
  create table sales.locked_away (id int, updated_at timestamptz);`

beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, shop)
  await product.startWorker()
  const role = `freshness_${crypto.randomUUID().slice(0, 8)}`
  await inSource(
    sourceUrl,
    `create role ${role} login password 'pw'; grant usage on schema sales to ${role};
     grant select on all tables in schema sales to ${role}; revoke select on sales.locked_away from ${role}`,
  )
  const asRole = new URL(sourceUrl)
  asRole.username = role
  asRole.password = 'pw'
  root = (await product.connect('shop', asRole.href)).rootAssetId
}, 120_000)
afterAll(() => product.stop())

async function run(type: string, assetId: string, config: object = {}): Promise<JobAnswer> {
  const { id } = await product.start(type, assetId, config)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 60_000 }).not.toMatch(/pending|running/)
  return product.job(id)
}

const get = async (path: string) => (await product.gateway.call('GET', path)).body
const freshness = (table: string) => get(`/assets/${ids[table]}/freshness`)

/** Until the source has added up what a session that ended wrote. */
async function counted(table: string, inserted: number): Promise<void> {
  await using owner = await connectTo(sourceUrl)
  const seen = async () => {
    const { rows } = await owner.client.query<{ n: string }>(
      'select n_tup_ins as n from pg_stat_user_tables where relid = $1::regclass',
      [table],
    )
    return Number(rows[0]?.n)
  }
  await expect.poll(seen, { timeout: 20_000 }).toBe(inserted)
}

test('before a check nothing is known, and that is said', async () => {
  await run('schema_discovery', root, { followUps: [] })
  const { items } = await get('/assets?q=sales.')
  for (const { id, name } of items) ids[name] = id
  expect(await freshness('ord')).toMatchObject({ state: 'unknown', lastUpdate: null, checkedAt: null, below: null })
  expect(await get(`/assets/${root}/freshness`)).toMatchObject({ state: 'unknown', below: { stale: 0 } })
})

test('the first check reads what an index tells, and says of the rest why it is not known yet', async () => {
  const job = await run('freshness_check', root)
  expect(job).toMatchObject({
    status: 'completed',
    error: null,
    counts: { tables: 6, learning: 2, unknown: 4, stale: 0, error: 0, failed: 1 },
  })
  const ord = await freshness('ord')
  expect(ord).toMatchObject({
    state: 'learning',
    lastUpdate: { method: 'column_index', confidence: 0.9, column: 'updated_at', after: null },
    learning: { intervals: 0, intervalsNeeded: 8 },
    jobId: job.id,
  })
  expect(ord.ageMs).toBeGreaterThan(threeDaysMs)
  expect(await freshness('event')).toMatchObject({
    lastUpdate: { method: 'column_index', column: 'at', partition: 'sales.event_now' },
    partitions: 2,
  })
  expect((await freshness('event_2020')).detail).toContain('checked with the table it belongs to')
  expect(await freshness('customer')).toMatchObject({ state: 'unknown', reason: 'empty', lastUpdate: null })
  expect(await freshness('looked')).toMatchObject({ state: 'unknown', reason: 'view' })
  expect(await freshness('locked_away')).toMatchObject({ state: 'unknown', lastUpdate: null })
  const { warningsList } = await get(`/jobs/${job.id}`)
  expect(warningsList).toMatchObject([{ code: 'no-select', object: 'sales.locked_away' }])
})

test('the next one finds what the counters show, and does not count what was rolled back', async () => {
  await inSource(sourceUrl, 'insert into sales.customer values (1), (2); insert into sales.locked_away values (1)')
  await inSource(sourceUrl, 'begin; insert into sales.doomed select generate_series(1, 9); rollback')
  await Promise.all([counted('sales.customer', 2), counted('sales.locked_away', 1), counted('sales.doomed', 9)])
  const before = await freshness('customer')
  const job = await run('freshness_check', root)
  const customer = await freshness('customer')
  expect(customer).toMatchObject({
    state: 'learning',
    lastUpdate: { method: 'counters', confidence: 0.9, after: before.checkedAt, at: customer.checkedAt },
    jobId: job.id,
  })
  expect(await freshness('locked_away')).toMatchObject({ state: 'learning', lastUpdate: { method: 'counters' } })
  expect(await freshness('doomed')).toMatchObject({ state: 'unknown', lastUpdate: null })
  expect(job.counts).toMatchObject({ changed: 2, read: 0 })
})

test('what a person expects judges a table at once, and what lies below a schema with the next check', async () => {
  const path = (table: string) => `/assets/${ids[table]}/freshness/expectation`
  const { body } = await product.gateway.call('PUT', path('ord'), {
    interval: '1d',
    calendar: { timezone: 'europe/berlin' },
  })
  expect(body).toMatchObject({
    state: 'stale',
    expected: { source: 'manual', intervalMs: 86_400_000 },
    expectation: {
      assetId: ids['ord'],
      interval: '1d',
      sensitivity: 'medium',
      calendar: { timezone: 'Europe/Berlin' },
    },
  })
  const schema = (await get(`/assets/${ids['ord']}`)).parentId
  await product.gateway.call('PUT', `/assets/${schema}/freshness/expectation`, { interval: '30d' })
  const job = await run('freshness_check', schema)
  expect(job.message).toBe('6 tables checked: 1 stale, 2 unknown')
  expect(await freshness('customer')).toMatchObject({ state: 'fresh', expectation: { assetId: schema } })
  expect(await get(`/assets/${root}/freshness`)).toMatchObject({ state: 'stale', below: { stale: 1, fresh: 3 } })
  const trust = async (id: string | undefined) => (await get(`/assets/${id}`)).trust
  expect(await trust(ids['ord'])).toMatchObject({ verdict: 'broken', reasons: [{ text: 'It is stale' }, {}] })
  expect(await trust(ids['customer'])).toMatchObject({ verdict: 'trusted', reasons: [{ text: 'It is fresh' }, {}] })
  expect(await trust(root)).toMatchObject({
    verdict: 'broken',
    reasons: [
      { text: '1 table is stale' },
      { text: '3 tables are fresh' },
      { text: '2 tables are of unknown freshness' },
      {},
      { text: 'Rows of 1 table may not be read' },
    ],
  })
  const first = await get(`/assets/${root}/freshness/tables?limit=1`)
  expect(first.items).toMatchObject([{ asset: { name: 'ord' }, state: 'stale' }])
  const rest = await get(`/assets/${root}/freshness/tables?cursor=${first.nextCursor}`)
  expect(rest.items.map(({ state }: { state: string }) => state)).toEqual([
    'fresh',
    'fresh',
    'fresh',
    'unknown',
    'unknown',
  ])
  expect((await get(`/assets/${root}/freshness/tables?state=unknown&state=error`)).items).toHaveLength(2)
})

test('of a view nothing is expected: what to do instead is said', async () => {
  const path = `/assets/${ids['looked']}/freshness/expectation`
  expect(await product.gateway.call('PUT', path, { interval: '1d' })).toMatchObject({
    status: 422,
    body: { code: 'freshness-of-view', detail: expect.stringContaining('the tables that it reads') },
  })
  expect((await freshness('looked')).expectation).toMatchObject({
    assetId: (await get(`/assets/${ids['ord']}`)).parentId,
  })
  expect((await product.gateway.call('DELETE', path)).status).toBe(200)
})

test('is refused with the place of what is wrong', async () => {
  const put = async (body: object) => {
    const answer = await product.gateway.call('PUT', `/assets/${ids['ord']}/freshness/expectation`, body)
    return [answer.status, answer.body.errors?.[0].path]
  }
  expect(await put({ interval: '30s' })).toEqual([422, 'interval'])
  expect(await put({ interval: '999999d' })).toEqual([422, 'interval'])
  expect(await put({ interval: '1d', tolerance: '500d' })).toEqual([422, 'tolerance'])
  expect(await put({ calendar: { timezone: 'Mars/Base' } })).toEqual([422, 'calendar.timezone'])
  expect(await put({ calendar: { timezone: '+05:30' } })).toEqual([422, 'calendar.timezone'])
  expect(await put({ calendar: { windows: [{ days: [9], from: '06:00', to: '07:00' }] } })).toEqual([
    422,
    'calendar.windows.0.days.0',
  ])
  const always = { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00' }
  expect(await put({ calendar: { windows: [always] } })).toEqual([422, 'calendar'])
  expect(await put({ column: 'id' })).toEqual([422, 'column'])
  expect(await put({ column: 'gone' })).toEqual([422, 'column'])
  expect((await product.gateway.call('GET', `/assets/${crypto.randomUUID()}/freshness`)).status).toBe(404)
  const answer = await product.gateway.call('POST', '/jobs', {
    type: 'freshness_check',
    assetId: ids['ord'],
    config: { reads: 'all' },
  })
  expect(answer.status).toBe(422)
})

test('the history shows updates and states, and a back-test the alarms', async () => {
  const history = await get(`/assets/${ids['ord']}/freshness/history`)
  expect(history.updates).toMatchObject([{ method: 'column_index' }])
  expect(history.states.map(({ state }: { state: string }) => state)).toEqual(['learning', 'stale'])
  const test1d = await get(`/assets/${ids['ord']}/freshness/back-test?interval=1d&tolerance=1h`)
  expect(test1d).toMatchObject({ judged: 1, learning: 0, alarms: [{ lastUpdate: history.updates[0].at, until: null }] })
  expect(await get(`/assets/${ids['ord']}/freshness/back-test?interval=9d`)).toMatchObject({ judged: 1, alarms: [] })
  expect(await get(`/assets/${ids['ord']}/freshness/back-test?learned=true`)).toMatchObject({ judged: 0, learning: 1 })
})

test('a column that a person chose is read, and a table that is gone is an error of its own', async () => {
  await product.gateway.call('PUT', `/assets/${ids['ord']}/freshness/expectation`, {
    column: 'placed_on',
    calendar: { timezone: 'Europe/Berlin' },
  })
  await inSource(sourceUrl, `insert into sales.ord values (99, now(), '2026-01-10'); drop table sales.doomed`)
  await counted('sales.ord', 11)
  const job = await run('freshness_check', root, { reads: 'always' })
  expect(job).toMatchObject({ status: 'completed', counts: { error: 1 } })
  expect(await freshness('doomed')).toMatchObject({ state: 'error', reason: 'not-found' })
  const ord = await freshness('ord')
  expect(ord.lastUpdate.evidence.join(' ')).toContain('placed_on')
  expect((await product.gateway.call('DELETE', `/assets/${ids['ord']}/freshness/expectation`)).body).toMatchObject({
    expectation: { interval: '30d' },
  })
})

test('a table that is rebuilt was updated, whether or not a discovery saw it since, and is not told twice', async () => {
  const before = await freshness('customer')
  await inSource(
    sourceUrl,
    `begin; create table sales.customer_new as select * from sales.customer; alter table sales.customer rename to customer_old;
     alter table sales.customer_new rename to customer; drop table sales.customer_old; commit`,
  )
  await counted('sales.customer', 2)
  await run('freshness_check', root)
  const swapped = await freshness('customer')
  expect(swapped).toMatchObject({
    state: 'fresh',
    reason: null,
    lastUpdate: { method: 'storage', confidence: 0.8, after: before.checkedAt, at: swapped.checkedAt },
  })
  expect(swapped.lastUpdate.evidence).toEqual([expect.stringContaining('created again since the check before')])
  await run('freshness_check', root)
  await run('schema_discovery', root, { followUps: [] })
  await run('freshness_check', root)
  const quiet = await freshness('customer')
  expect(quiet).toMatchObject({ state: 'fresh', lastUpdate: swapped.lastUpdate })

  await inSource(sourceUrl, 'drop table sales.customer; create table sales.customer (id int)')
  await run('schema_discovery', root, { followUps: [] })
  await run('freshness_check', root)
  const rebuilt = await freshness('customer')
  expect(rebuilt).toMatchObject({ lastUpdate: { method: 'storage', after: quiet.checkedAt, at: rebuilt.checkedAt } })
  const { updates } = await get(`/assets/${ids['customer']}/freshness/history`)
  expect(updates.map(({ method }: { method: string }) => method).toSorted()).toEqual(['counters', 'storage', 'storage'])
}, 120_000)

test('another column or time zone is read by the next check, though no row changed', async () => {
  await inSource(
    sourceUrl,
    `create table sales.delivery (id int primary key, updated_at timestamp not null, sent_at timestamp not null);
     create index on sales.delivery (updated_at); create index on sales.delivery (sent_at);
     insert into sales.delivery values (1, '2026-01-20 12:00', '2026-01-10 12:00');
     grant select on sales.delivery to public`,
  )
  await counted('sales.delivery', 1)
  await run('schema_discovery', root, { followUps: [] })
  const { items } = await get('/assets?q=sales.delivery')
  ids['delivery'] = items[0].id
  const said = async (expectation: object | null) => {
    const path = `/assets/${ids['delivery']}/freshness/expectation`
    await (expectation ? product.gateway.call('PUT', path, expectation) : product.gateway.call('DELETE', path))
    const { counts } = await run('freshness_check', items[0].id)
    const { lastUpdate } = await freshness('delivery')
    return [lastUpdate.column, lastUpdate.at, counts?.['read']]
  }
  const utc = { timezone: 'UTC' }
  const kolkata = { timezone: 'Asia/Kolkata' }
  expect(await said({ calendar: utc })).toEqual(['updated_at', '2026-01-20T12:00:00.000Z', 1])
  expect(await said({ calendar: kolkata })).toEqual(['updated_at', '2026-01-20T06:30:00.000Z', 1])
  expect(await said({ calendar: kolkata, column: 'sent_at' })).toEqual(['sent_at', '2026-01-10T06:30:00.000Z', 1])
  expect(await said({ calendar: kolkata, column: 'sent_at', interval: '1d' })).toEqual([
    'sent_at',
    '2026-01-10T06:30:00.000Z',
    0,
  ])
  expect((await said(null))[0]).toBe('updated_at')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { connectTo } from '../connectors/source-database.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let sourceUrl: string
let root: string

const shop = `
  create schema "Odd ""Schema""";
  create table "Odd ""Schema""".t ("select" int, "a ""b"" $1 %s" text, "Größe" numeric(10,2), js json, pt point, arr int[]);
  insert into "Odd ""Schema""".t select n, case when n % 4 = 0 then null else 'v' || n % 10 end, n, '{}', '(1,2)', '{1}'
    from generate_series(1, 100) n;
  create schema shop;
  create table shop.empty (id bigint, name text);
  create table shop.numbers (f float8, n numeric, huge float8, big bigint, at timestamptz, d date, ok boolean, uid uuid, cash money);
  insert into shop.numbers values
    ('NaN', 'NaN', 1e308, 9223372036854775807, 'infinity', '-infinity', true, gen_random_uuid(), '12.50'),
    ('Infinity', 1, 1.5e308, 9223372036854775807, '2026-01-01Z', '2026-01-02', false, gen_random_uuid(), '7.50'),
    ('-Infinity', 3, 1e308, 1, '2026-01-03Z', '2026-01-04', null, null, null), (4, ('1' || repeat('0', 400))::numeric, null, null, null, null, null, null, null);
  create table shop.log (at date, kind text) partition by range (at);
  create table shop.log_2025 partition of shop.log for values from ('2025-01-01') to ('2026-01-01');
  create table shop.log_2026 partition of shop.log for values from ('2026-01-01') to ('2027-01-01');
  insert into shop.log select date '2025-12-01' + n, 'k' || n % 3 from generate_series(0, 59) n;
  create table shop.large as select n as id, n % 50 as part, repeat('x', 100) as filler from generate_series(1, 60000) n;
  create table shop.secret (id int);
  create table shop.doomed (id int);
  create table shop.partly (a int, b int, c text);
  insert into shop.partly values (1, 2, 'x');
  create view shop.broken as select 1 / (id - 1) as x from shop.large;
  create view shop.kinds as select kind, count(*) as n from shop.log group by kind;
  create table shop.keyed (a int, b text);
  insert into shop.keyed values (1, 'x'), (1, 'x'), (1, 'y'), (2, 'x'), (2, 'x'), (2, 'x'), (null, 'x'), (null, 'x');`

const role = `measurer_${crypto.randomUUID().slice(0, 8)}`

beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, shop)
  await inSource(sourceUrl, 'analyze')
  await inSource(
    sourceUrl,
    `create role ${role} login password 'pw'; grant usage on schema shop, "Odd ""Schema""" to ${role};
     grant select on all tables in schema shop to ${role}; grant select on all tables in schema "Odd ""Schema""" to ${role};
     revoke select on shop.secret, shop.partly from ${role}; grant select (a, c) on shop.partly to ${role}`,
  )
  await product.startWorker()
  const url = new URL(sourceUrl)
  url.username = role
  url.password = 'pw'
  root = (await product.connect('shop', url.href)).rootAssetId
}, 120_000)
afterAll(() => product.stop())

async function run(type: string, assetId: string, config?: object): Promise<JobAnswer> {
  const { id } = await product.start(type, assetId, config)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 60_000 }).not.toMatch(/pending|running/)
  const job = await product.job(id)
  expect(job.error).toBeNull()
  return job
}

interface Point {
  at: string
  value: number | null
  noData: string | null
  method: string
  expected: number | null
  low: number | null
  high: number | null
  anomaly: string | null
  knownBad: boolean
}

interface SeriesAnswer {
  id: string
  metric: string
  column: string | null
  group: string | null
  definition: { id: string; name: string } | null
  points: Point[]
}

interface MetricAnswer {
  name: string
  lastOutcome: { ok: boolean; value: number | null; groups: number | null; code: string | null }
}

const get = async (path: string) => (await product.gateway.call('GET', path)).body

async function assetNamed(name: string): Promise<string> {
  const { items } = await get(`/assets?limit=200`)
  const asset = items.find((one: { name: string; kind: string }) => one.name === name && one.kind !== 'schema')
  if (!asset) throw new Error(`no asset ${name}`)
  return asset.id
}

/** The newest value of each metric of a table, by `metric column`; a text is why there is none. */
async function newest(name: string): Promise<Record<string, number | string | null>> {
  const { items } = await get(`/assets/${await assetNamed(name)}/metrics?limit=200`)
  return Object.fromEntries(
    items.map(({ metric, column, group, points }: SeriesAnswer) => {
      const point = points.at(-1)
      return [[metric, column ?? group].filter(Boolean).join(' '), point?.value ?? point?.noData ?? null]
    }),
  )
}

const samplingLarge = { exactUpToBytes: 1_000_000, sampleBytes: 800_000 }

test('tables are measured by one statement each; what cannot be read is a warning, and the rest is stored', async () => {
  await run('schema_discovery', root, { followUps: [] })
  await inSource(sourceUrl, 'drop table shop.doomed; alter table shop.partly drop column c')
  const job = await run('metric_capture', root, samplingLarge)
  expect(job).toMatchObject({
    status: 'completed',
    counts: { tables: 9, measured: 7, failed: 2, statements: 8, anomalies: 0 },
  })
  const { warningsList } = await get(`/jobs/${job.id}`)
  const told = warningsList.map((one: { code: string; object: string }) => [one.code, one.object.split('.').at(-1)])
  expect(told.toSorted()).toEqual([
    ['columns-left-out', 'partly'],
    ['no-select', 'secret'],
    ['table-gone', 'doomed'],
  ])
  expect(JSON.stringify(await get(`/jobs/${job.id}/logs?limit=200`))).not.toContain('"pw"')
})

test('odd names and types that cannot be compared', async () => {
  expect(await newest('t')).toEqual({
    row_count: 100,
    'null_share select': 0,
    'distinct_count select': 100,
    'min select': 1,
    'max select': 100,
    'mean select': 50.5,
    'stddev select': expect.closeTo(29.011, 2),
    'p25 select': 25,
    'p50 select': 50,
    'p75 select': 75,
    'p95 select': 95,
    'null_share a "b" $1 %s': 0.25,
    'distinct_count a "b" $1 %s': 10,
    'min_length a "b" $1 %s': 2,
    'max_length a "b" $1 %s': 2,
    'mean_length a "b" $1 %s': 2,
    'null_share Größe': 0,
    'distinct_count Größe': 100,
    'min Größe': 1,
    'max Größe': 100,
    'mean Größe': 50.5,
    'stddev Größe': expect.closeTo(29.011, 2),
    'p25 Größe': 25,
    'p50 Größe': 50,
    'p75 Größe': 75,
    'p95 Größe': 95,
    'null_share js': 0,
    'null_share pt': 0,
    'null_share arr': 0,
  })
})

test('of a table that has changed, or may be read in part, the rest is measured', async () => {
  const values = await newest('partly')
  expect(values).toMatchObject({ row_count: 1, 'max a': 1 })
  expect(Object.keys(values).filter((key) => / [bc]$/.test(key))).toEqual([])
})

test('an empty table has no rows, which is a value, and no values, which is not zero', async () => {
  expect(await newest('empty')).toMatchObject({
    row_count: 0,
    'distinct_count id': 0,
    'null_share id': 'no_rows',
    'mean id': 'no_rows',
    'max_length name': 'no_rows',
  })
})

test('NaN, infinities and sums beyond the range of a type', async () => {
  expect(await newest('numbers')).toMatchObject({
    row_count: 4,
    'min f': 4,
    'max f': 4,
    'mean f': 4,
    'stddev f': 'one_value',
    'min n': 1,
    'max n': 'too_large',
    'p25 n': 1,
    'max huge': 1.5e308,
    'mean huge': expect.closeTo(1.1666e308, -305),
    'null_share huge': 0.25,
    'max big': 2 ** 63,
    'earliest at': Date.UTC(2026, 0, 1) / 1000,
    'latest at': Date.UTC(2026, 0, 3) / 1000,
    'earliest d': Date.UTC(2026, 0, 2) / 1000,
    'mean ok': 0.5,
    'distinct_count uid': 2,
    'max cash': 12.5,
  })
})

test('a partitioned table is measured whole, a large one by a sample, with what the source counted itself', async () => {
  expect(await newest('log')).toMatchObject({ row_count: 60, 'distinct_count kind': 3 })
  const { items } = await get(`/assets/${await assetNamed('large')}/metrics?limit=200`)
  const methodOf = (metric: string, column: string | null) =>
    items.find((one: SeriesAnswer) => one.metric === metric && one.column === column)?.points[0]
  expect(methodOf('row_count', null)).toMatchObject({ method: 'estimate', value: 60_000 })
  expect(methodOf('distinct_count', 'part')).toMatchObject({ method: 'statistics', value: 50 })
  expect(methodOf('mean', 'part')).toMatchObject({ method: 'sampled', value: expect.closeTo(24.5, -1) })
  expect(methodOf('row_count', null)?.expected).toBeNull()
})

test('the rows of a table that may not be read are estimated all the same', async () => {
  expect(await newest('secret')).toEqual({ row_count: 0 })
})

test('a budget ends the job with what it has, and says what is left', async () => {
  const job = await run('metric_capture', root, { ...samplingLarge, maxBytes: 60_000 })
  const { warningsList } = await get(`/jobs/${job.id}`)
  expect(warningsList.map((one: { code: string }) => one.code)).toContain('budget-used-up')
  expect(job.counts['failed']).toBeGreaterThan(2)
})

test('a table that somebody has locked for themselves costs the others nothing', async () => {
  await using holder = await connectTo(sourceUrl)
  await holder.client.query('begin; lock table shop.numbers in access exclusive mode')
  const job = await run('metric_capture', root, { ...samplingLarge, columns: false })
  const { warningsList } = await get(`/jobs/${job.id}`)
  const locked = warningsList.filter((one: { object: string }) => one.object.endsWith('.numbers'))
  expect(locked).toMatchObject([{ code: 'table-locked' }])
  expect(job.counts).toMatchObject({ tables: 9, failed: 3, measured: 6 })
  const reasons = async (id: string) =>
    (await get(`/assets/${id}`)).trust.reasons.map(({ text }: { text: string }) => text)
  const itself = await reasons(await assetNamed('numbers'))
  expect(itself).toContain('It could not be measured at the last capture')
  expect(itself).not.toContain('No metric is unusual')
  expect(await reasons(root)).toContain('3 tables could not be measured at the last capture')
  expect(await reasons(await assetNamed('log'))).toContain('No metric is unusual')
})

test('a view is measured when asked for; one that fails is a warning', async () => {
  const job = await run('metric_capture', await assetNamed('kinds'))
  expect(job.counts).toMatchObject({ tables: 1, measured: 1 })
  expect(await newest('kinds')).toMatchObject({ row_count: 3, 'max n': 20 })
  const broken = await run('metric_capture', await assetNamed('broken'))
  expect(broken).toMatchObject({ status: 'completed', counts: { measured: 0, failed: 1, points: 0 } })
})

test('metrics of people: a query, one a group, and a key that repeats', async () => {
  const define = async (table: string, name: string, spec: object) =>
    (await product.gateway.call('POST', '/metrics', { assetId: await assetNamed(table), name, spec })).body
  await define('keyed', 'double keys', { kind: 'duplicates', columns: ['a', 'b'] })
  const rows = await define('log', 'rows of k1', {
    kind: 'sql',
    sql: `select count(*) from shop.log where kind = 'k1';`,
  })
  await define('log', 'by kind', { kind: 'sql', sql: 'select kind, count(*) * 1.5 from shop.log group by kind -- all' })
  await define('log', 'nothing', { kind: 'sql', sql: 'select max(at)::text::int from shop.log where false' })
  await inSource(sourceUrl, `create table shop.soon (id int); grant select on shop.soon to ${role}`)
  await define('log', 'broken', { kind: 'sql', sql: 'select count(*) from shop.soon' })
  await inSource(sourceUrl, 'drop table shop.soon')
  await define('log', 'endless', {
    kind: 'sql',
    sql: 'select at::text, count(*) from shop.log group by at, kind, (at)',
  })
  const keyed = await run('metric_capture', await assetNamed('keyed'))
  expect(keyed.counts).toMatchObject({ statements: 1 })
  expect(await newest('keyed')).toMatchObject({ duplicates: 3 })
  const log = await run('metric_capture', await assetNamed('log'), { columns: false })
  expect(log).toMatchObject({ status: 'completed', warnings: 1, counts: { statements: 6, points: 66 } })
  expect(await newest('log')).toMatchObject({ 'sql k0': 30, 'sql k1': 30, 'sql k2': 30, sql: expect.anything() })
  const { items } = await get(`/assets/${await assetNamed('log')}/metrics?metric=${rows.id}`)
  expect(items).toMatchObject([{ definition: { name: 'rows of k1' }, points: [{ value: 20, method: 'exact' }] }])
  const told = (await get(`/metrics?assetId=${await assetNamed('log')}`)).items
  expect(
    told.map(({ name, lastOutcome: { ok, value, groups, code } }: MetricAnswer) => [name, ok, value ?? groups ?? code]),
  ).toEqual([
    ['broken', false, 'measure-failed'],
    ['by kind', true, 3],
    ['endless', true, 60],
    ['nothing', true, null],
    ['rows of k1', true, 20],
  ])
  expect(told[0].lastOutcome).toMatchObject({
    jobId: log.id,
    revision: 1,
    message: expect.stringContaining('shop.soon'),
  })
})

test('a dry run measures without keeping anything, and tells why it cannot', async () => {
  const assetId = await assetNamed('log')
  const dry = async (spec: object, id = assetId) =>
    product.gateway.call('POST', '/metrics/dry-run', { assetId: id, spec })
  expect(await dry({ kind: 'sql', sql: 'select count(*) from shop.log' })).toMatchObject({
    status: 200,
    body: { ok: true, values: [{ group: null, value: 60 }], message: null },
  })
  expect((await dry({ kind: 'duplicates', columns: ['a'] }, await assetNamed('keyed'))).body).toMatchObject({
    ok: true,
    values: [{ value: 4 }],
  })
  expect((await dry({ kind: 'sql', sql: 'select count(*) from shop.nowhere' })).body).toMatchObject({
    ok: false,
    message: expect.stringContaining('nowhere'),
  })
  expect((await dry({ kind: 'sql', sql: 'select count(*) from shop.secret' })).body).toMatchObject({
    ok: false,
    message: expect.stringContaining('permission denied'),
  })
  expect((await dry({ kind: 'sql', sql: 'select 1 from shop.log' })).body).toMatchObject({
    ok: false,
    message: expect.stringContaining('more than one row'),
  })
  expect(await get(`/assets/${assetId}/metrics?metric=dry`)).toMatchObject({ items: [] })
})

test('what is no harmless query, key or table is refused with its field', async () => {
  const assetId = await assetNamed('log')
  for (const [spec, path, said] of [
    [{ kind: 'sql', sql: 'delete from shop.log' }, 'spec.sql', 'Only a SELECT'],
    [{ kind: 'sql', sql: 'select pg_sleep(1)' }, 'spec.sql', 'pg_sleep is not allowed'],
    [{ kind: 'sql', sql: 'select count(*) from log' }, 'spec.sql', 'Write the schema'],
    [{ kind: 'duplicates', columns: ['nope'] }, 'spec.columns', 'has no column nope'],
  ] as const) {
    for (const path_ of ['/metrics', '/metrics/dry-run']) {
      const body = { assetId, spec, ...(path_ === '/metrics' && { name: 'x' }) }
      const answer = await product.gateway.call('POST', path_, body)
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-input', errors: [{ path }] } })
      expect(answer.body.errors[0].message).toContain(said)
    }
  }
  const onRoot = await product.gateway.call('POST', '/metrics', {
    assetId: root,
    name: 'x',
    spec: { kind: 'sql', sql: 'select 1' },
  })
  expect(onRoot).toMatchObject({ status: 422, body: { errors: [{ path: 'assetId' }] } })
  expect(await product.gateway.call('GET', '/metrics/nothing')).toMatchObject({ status: 404 })
})

test('a metric is changed, taken by name once, and deleted; another query begins another series', async () => {
  const assetId = await assetNamed('log')
  const { items } = await get(`/metrics?assetId=${assetId}`)
  const metric = items.find(({ name }: { name: string }) => name === 'rows of k1')
  const spec = { kind: 'sql', sql: 'select count(*) from shop.log' }
  const twice = await product.gateway.call('POST', '/metrics', { assetId, name: 'rows of k1', spec })
  expect(twice).toMatchObject({ status: 409, body: { code: 'name-taken' } })
  const judged = await product.gateway.call('PATCH', `/metrics/${metric.id}`, { direction: 'down', minPercent: 10 })
  expect(judged).toMatchObject({ status: 200, body: { direction: 'down', minPercent: 10, spec: metric.spec } })
  expect((await get(`/assets/${assetId}/metrics?metric=${metric.id}`)).items).toHaveLength(1)
  await product.gateway.call('PATCH', `/metrics/${metric.id}`, { spec })
  expect((await get(`/assets/${assetId}/metrics?metric=${metric.id}`)).items).toEqual([])
  expect(await product.gateway.call('DELETE', `/metrics/${metric.id}`)).toMatchObject({ status: 204 })
  expect(await product.gateway.call('GET', `/metrics/${metric.id}`)).toMatchObject({ status: 404 })
})

test('a value far off its history is an anomaly with its range; one known to be bad is not learned from', async () => {
  const assetId = await assetNamed('keyed')
  const { items } = await get(`/assets/${assetId}/metrics?metric=row_count`)
  const [series] = items
  await inSource(
    product.databaseUrl,
    `insert into metric_point (series_id, at, job_id, value, method)
     select ${series.id}, now() - n * interval '1 day', gen_random_uuid(), 1000 + 10 * sin(n * 12.9898), 'exact' from generate_series(1, 120) n`,
  )
  const job = await run('metric_capture', assetId)
  expect(job).toMatchObject({ message: expect.stringContaining('1 anomaly'), counts: { anomalies: 1 } })
  const point = (await get(`/assets/${assetId}/metrics?metric=row_count`)).items[0].points.at(-1)
  expect(point).toMatchObject({ value: 8, anomaly: 'low', knownBad: false })
  expect(point.low).toBeGreaterThan(900)
  expect(point.high).toBeLessThan(1_100)
  expect((await get(`/assets/${root}/metrics?anomalous=true`)).items).toMatchObject([{ id: series.id }])
  const mark = { seriesId: series.id, at: [point.at], knownBad: true }
  const marked = await product.gateway.call('PATCH', `/assets/${assetId}/metrics/points`, mark)
  expect(marked).toMatchObject({ status: 200, body: { points: 1 } })
  expect((await get(`/assets/${assetId}/metrics?metric=row_count`)).items[0].points.at(-1)).toMatchObject({
    knownBad: true,
  })
  expect((await get(`/assets/${root}/metrics?anomalous=true`)).items).toEqual([])
  const unknown = await product.gateway.call('PATCH', `/assets/${root}/metrics/points`, mark)
  expect(unknown).toMatchObject({ status: 404 })
})

test('a table of more columns than one statement may measure is measured by several', async () => {
  const columns = Array.from({ length: 401 }, (_, n) => `c${n} numeric`).join(', ')
  await inSource(
    sourceUrl,
    `create table shop.wide (${columns}); insert into shop.wide (c0, c400) values (1, 2); grant select on shop.wide to ${role}`,
  )
  await run('schema_discovery', root, { followUps: [] })
  const id = await assetNamed('wide')
  const job = await run('metric_capture', id)
  expect(job.counts).toMatchObject({ tables: 1, measured: 1, failed: 0, statements: 2, points: 1 + 401 * 10 })
  const { items } = await get(`/assets/${id}/metrics?column=c400&metric=max`)
  expect(items).toMatchObject([{ points: [{ value: 2 }] }])
})

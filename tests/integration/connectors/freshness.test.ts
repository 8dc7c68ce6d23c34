import { changeSince, foldObservation } from '@plumbline/analysis'
import type { ConnectionTarget, NewestResult, ObservedTables } from '@plumbline/connectors'
import type { NewestRequest, TableMemory, TableObservation } from '@plumbline/workflows'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownPostgres, type OwnPostgres } from '../../support/own-postgres.ts'
import { createDatabase } from '../../support/test-database.ts'
import { connectTo, execute, relationRefs, rolePassword, targetOf, withSession } from './source-database.ts'

let url: string
beforeAll(async () => {
  url = await createDatabase()
  await execute(url, `alter database ${new URL(url).pathname.slice(1)} set timezone = 'Asia/Tokyo'`)
  await execute(
    url,
    `create schema "Odd "";--"; create table "Odd "";--"."ta""ble" (id int, "Updated At" timestamp, "x;" date);
     create index on "Odd "";--"."ta""ble" ("Updated At" desc);
     create table counted (id int) with (autovacuum_enabled = false);
     insert into counted select generate_series(1, 100);
     create table parent (at timestamptz not null) partition by range (at);
     create table p1 partition of parent for values from ('2026-01-01') to ('2026-02-01');
     create table p2 partition of parent for values from ('2026-02-01') to ('2026-03-01') partition by list (at);
     create table p2a partition of p2 default;
     create index on parent (at);
     insert into parent values ('2026-01-05'), ('2026-02-07');
     create view looked as select * from counted;
     create materialized view kept as select * from counted;
     create foreign data wrapper nothing; create server elsewhere foreign data wrapper nothing;
     create foreign table far (at timestamptz) server elsewhere;
     create table never_filled (updated_at timestamptz);
     create table secret (updated_at timestamptz); create index on secret (updated_at);
     create table long (id int, made_at timestamptz, pad text) with (autovacuum_enabled = false);
     insert into long select n, timestamptz '2026-01-01Z' + n * interval '1 minute', repeat('x', 700)
       from generate_series(1, 20000) n;`,
  )
})

async function externalIds(database: string, names: readonly string[]): Promise<string[]> {
  await using owner = await connectTo(database)
  const { rows } = await owner.client.query<{ oid: number }>(
    'select n::regclass::oid as oid from unnest($1::text[]) n',
    [names],
  )
  return rows.map(({ oid }) => `r:${oid}`)
}

async function observe(names: readonly string[], of = url): Promise<ObservedTables> {
  const ids = await externalIds(of, names)
  return withSession(targetOf(of), (session) => session.observeTables(relationRefs(ids)))
}

async function observeOne(name: string, of = url): Promise<{ table: TableObservation; now: string }> {
  const { moment, tables } = await observe([name], of)
  const [table] = tables
  if (!table) throw new Error(`${name} was not observed`)
  return { table, now: moment.now }
}

async function remember(name: string, of = url): Promise<TableMemory> {
  const { table, now } = await observeOne(name, of)
  return foldObservation(null, { observation: table, moment: { now }, read: null })
}

/** What the counters say of statements; the server adds them up a moment after the session has ended. */
async function changeBy(name: string, statements: string, expected: string, of = url) {
  const before = await remember(name, of)
  await execute(of, statements)
  const change = async () => changeSince(before, (await observeOne(name, of)).table)
  await expect.poll(async () => (await change())?.kind, { timeout: 10_000 }).toBe(expected)
  return change()
}

const readOf = async (requests: NewestRequest[], target: ConnectionTarget = targetOf(url)): Promise<NewestResult[]> =>
  withSession(target, (session) => session.readNewest(requests))

async function request(name: string, column: NewestRequest['column'], by: 'index' | 'tail'): Promise<NewestRequest> {
  const { table } = await observeOne(name)
  const { externalId, schema } = table
  return { externalId, schema, name: table.name, column, by, commitTimestamps: false, timezone: 'Europe/Berlin' }
}

/** Until the server has added up what the set-up wrote. */
async function counted(name: string, rows: number): Promise<void> {
  await expect.poll(async () => (await observeOne(name)).table.counters?.inserted, { timeout: 10_000 }).toBe(rows)
}

describe('what the catalog tells', () => {
  test('of every kind of relation, with the columns that hold a time and the indexes that lead with one', async () => {
    const { moment, tables } = await observe(['counted', 'looked', 'kept', 'far', '"Odd "";--"."ta""ble"', 'parent'])
    expect(moment).toMatchObject({ counts: true, commitTimestamps: false, tailReads: true, timezone: 'Asia/Tokyo' })
    const kinds = Object.fromEntries(tables.map(({ name, storage, counters }) => [name, [storage, counters !== null]]))
    expect(kinds).toEqual({
      counted: ['table', true],
      looked: ['view', false],
      kept: ['table', true],
      far: ['foreign', false],
      'ta"ble': ['table', true],
      parent: ['partitioned', false],
      p1: ['table', true],
      p2: ['partitioned', false],
      p2a: ['table', true],
    })
    const odd = tables.find(({ name }) => name === 'ta"ble')
    expect(odd).toMatchObject({ schema: 'Odd ";--', readable: true })
    expect(odd?.columns).toEqual([
      { name: 'Updated At', type: 'timestamp', indexed: true, partitionKey: false },
      { name: 'x;', type: 'date', indexed: false, partitionKey: false },
    ])
    expect(tables.find(({ name }) => name === 'p2a')?.columns).toMatchObject([{ name: 'at', partitionKey: true }])
    const id = (name: string) => tables.find((table) => table.name === name)?.externalId
    expect(tables.find(({ name }) => name === 'p2a')?.parent).toBe(id('p2'))
    expect(tables.find(({ name }) => name === 'p2')?.parent).toBe(id('parent'))
  })

  test('nothing of what is not there', async () => {
    const { tables } = await withSession(targetOf(url), (session) =>
      session.observeTables(relationRefs(['r:4294967290', 'no id'])),
    )
    expect(tables).toEqual([])
  })

  test('of what was created again under its name, by the id it was known by; what has an id of its own is no other', async () => {
    const [plain, p2] = await externalIds(url, ['counted', 'p2'])
    const asked = [
      { externalId: 'r:4294967290', schema: 'public', name: 'parent' },
      { externalId: 'r:4294967291', schema: 'public', name: 'counted' },
      { externalId: 'r:4294967292', schema: 'public', name: 'nowhere' },
      { externalId: plain ?? '', schema: 'public', name: 'once called so' },
    ]
    const { tables } = await withSession(targetOf(url), (session) => session.observeTables(asked))
    const told = Object.fromEntries(tables.map(({ name, externalId, parent }) => [name, [externalId, parent]]))
    expect(told).toMatchObject({
      parent: ['r:4294967290', null],
      p1: [expect.any(String), 'r:4294967290'],
      p2: [p2, 'r:4294967290'],
      p2a: [expect.any(String), p2],
      counted: [plain, null],
    })
    expect(tables).toHaveLength(5)
    const [parent] = await externalIds(url, ['parent'])
    expect(tables.map(({ identity }) => identity).filter((identity) => identity !== undefined)).toEqual([parent])
  })
})

describe('the counters', () => {
  test('tell inserts that were committed from those that were rolled back', async () => {
    await counted('counted', 100)
    expect(await changeBy('counted', 'insert into counted select generate_series(1, 50)', 'changed')).toMatchObject({
      method: 'counters',
      confidence: 0.9,
    })
    const before = await remember('counted')
    await execute(url, 'begin; insert into counted select generate_series(1, 500); rollback')
    await expect
      .poll(async () => (await observeOne('counted')).table.counters?.inserted, { timeout: 10_000 })
      .toBe((before.counters?.inserted ?? 0) + 500)
    expect(changeSince(before, (await observeOne('counted')).table)).toMatchObject({
      kind: 'unchanged',
      evidence: [expect.stringContaining('500 inserted'), expect.stringContaining('rolled back')],
    })
  })

  test('tell a table that was emptied from one that was rewritten', async () => {
    await execute(url, 'create table emptied as select generate_series(1, 10) as id')
    await counted('emptied', 10)
    const before = await remember('emptied')
    await execute(url, 'vacuum full emptied')
    const rewritten = await observeOne('emptied')
    expect(rewritten.table.counters?.storage).not.toBe(before.counters?.storage)
    expect(changeSince(before, rewritten.table)?.kind).toBe('unchanged')
    expect(await changeBy('emptied', 'truncate emptied', 'changed')).toMatchObject({ method: 'storage' })
    expect(await changeBy('emptied', 'truncate emptied; insert into emptied values (1)', 'changed')).toMatchObject({
      method: 'storage',
      confidence: 0.9,
    })
  })

  test('tell a refresh of a materialized view', async () => {
    expect(await changeBy('kept', 'refresh materialized view kept', 'changed')).toMatchObject({ method: 'storage' })
  })

  test('that were reset say nothing, and what comes after counts', async () => {
    await execute(url, 'create table begun as select generate_series(1, 10) as id')
    await counted('begun', 10)
    const before = await remember('begun')
    await execute(url, `select pg_stat_reset_single_table_counters('begun'::regclass)`)
    expect(changeSince(before, (await observeOne('begun')).table)?.kind).toBe('lost')
    await execute(url, 'insert into begun values (11)')
    await expect
      .poll(async () => changeSince(before, (await observeOne('begun')).table)?.kind, { timeout: 10_000 })
      .toBe('changed')
  })
})

describe('the newest rows', () => {
  test('of a column are found by its index, in the time zone asked for, and never in the future', async () => {
    await execute(
      url,
      `insert into "Odd "";--"."ta""ble" values (1, '2026-03-01 12:00', '2026-03-05'), (2, '2026-03-02 12:00', null),
         (3, '2999-01-01', '2999-01-01'), (4, 'infinity', '-infinity'), (5, null, null)`,
    )
    const odd = '"Odd "";--"."ta""ble"'
    const results = await readOf([
      await request(odd, { name: 'Updated At', type: 'timestamp' }, 'index'),
      await request(odd, { name: 'x;', type: 'date' }, 'tail'),
      await request('p1', { name: 'at', type: 'timestamptz' }, 'index'),
      await request('never_filled', { name: 'updated_at', type: 'timestamptz' }, 'tail'),
    ])
    expect(results.map((result) => (result.kind === 'read' ? result.read.columnAt : result))).toEqual([
      '2026-03-02T11:00:00.000Z',
      '2026-03-04T23:00:00.000Z',
      expect.stringMatching(/^2026-01-0[45]/),
      null,
    ])
  })

  test('of times that no update can have are passed over, whatever else a column holds', async () => {
    await execute(
      url,
      `create table ancient (updated_at timestamptz, day date, naive timestamp);
       create index on ancient (updated_at); create index on ancient (naive);
       insert into ancient values ('0044-03-15 BC', '0044-03-15 BC', '0044-03-15 BC'), ('-infinity', '-infinity', '-infinity');
       create table ahead (updated_at timestamptz); create index on ahead (updated_at);
       insert into ahead values ('0044-03-15 BC'), ('2026-03-01Z'), ('294276-12-31Z'), ('infinity')`,
    )
    const results = await readOf([
      await request('ancient', { name: 'updated_at', type: 'timestamptz' }, 'index'),
      await request('ancient', { name: 'naive', type: 'timestamp' }, 'index'),
      await request('ancient', { name: 'day', type: 'date' }, 'tail'),
      await request('ahead', { name: 'updated_at', type: 'timestamptz' }, 'index'),
      await request('ahead', { name: 'updated_at', type: 'timestamptz' }, 'tail'),
    ])
    const passedOver = { columnAt: null, ahead: false }
    const newest = { columnAt: '2026-03-01T00:00:00.000Z', ahead: true }
    expect(results).toMatchObject([passedOver, passedOver, passedOver, newest, newest].map((read) => ({ read })))
  })

  test('are one step in an index, however its nulls are ordered, also where the newest value is still to come', async () => {
    await execute(
      url,
      `create table stepped (a timestamptz, b timestamptz, c date, d timestamp);
       create index on stepped (a); create index on stepped (b desc nulls last); create index on stepped (c nulls first);
       create index on stepped (d desc);
       insert into stepped select at, at, at, at from (
         select timestamptz '2026-01-01Z' + n * interval '1 minute' as at from generate_series(1, 20000) n) minutes;
       insert into stepped values (null, null, null, null), ('2999-01-01', '2999-01-01', '5000000-01-01', 'infinity');
       analyze stepped`,
    )
    const { table } = await observeOne('stepped')
    expect(table.columns.map(({ name, oddNulls }) => [name, oddNulls])).toEqual([
      ['a', undefined],
      ['b', true],
      ['c', true],
      ['d', undefined],
    ])
    const requests = await Promise.all(table.columns.map((column) => request('stepped', column, 'index')))
    const reads = await readOf(requests)
    const found = reads.map(
      (result) => result.kind === 'read' && [result.read.ahead, result.read.columnAt?.slice(0, 10)],
    )
    // The newest minute is the next morning in the zone of the database, Tokyo; the last two are read as of Berlin.
    expect(found).toEqual(['2026-01-14', '2026-01-14', '2026-01-14', '2026-01-15'].map((day) => [true, day]))
    await using owner = await connectTo(url)
    const rowsRead = async () => {
      await owner.client.query('select pg_stat_clear_snapshot()')
      const { rows } = await owner.client.query<{ read: string; scans: string }>(
        `select sum(idx_tup_read) as read, sum(idx_scan) as scans from pg_stat_user_indexes where relname = 'stepped'`,
      )
      return { read: Number(rows[0]?.read), scans: Number(rows[0]?.scans) }
    }
    await expect.poll(async () => (await rowsRead()).scans, { timeout: 10_000 }).toBeGreaterThanOrEqual(8)
    expect((await rowsRead()).read).toBeLessThan(50)
  })

  test('of a table that was created again are looked for in its last pages, not in all of it', async () => {
    const column = { name: 'made_at', type: 'timestamptz' } as const
    const asked = { ...(await request('long', column, 'tail')), externalId: 'r:4294967290' }
    const [identity = ''] = await externalIds(url, ['long'])
    expect(await readOf([{ ...asked, identity }])).toMatchObject([
      { externalId: 'r:4294967290', read: { whole: false, columnAt: '2026-01-14T21:20:00.000Z' } },
    ])
  })

  test('without an index are looked for in the last pages only', async () => {
    const [result] = await readOf([await request('long', { name: 'made_at', type: 'timestamptz' }, 'tail')])
    expect(result).toMatchObject({ kind: 'read', read: { whole: false, columnAt: '2026-01-14T21:20:00.000Z' } })
    await using owner = await connectTo(url)
    const { rows } = await owner.client.query<{ read: string }>(
      `select heap_blks_read + heap_blks_hit as read from pg_statio_user_tables where relname = 'long'`,
    )
    const { rows: again } = await owner.client.query<{ pages: string }>(
      `select pg_relation_size('long') / 8192 as pages`,
    )
    expect(Number(again[0]?.pages)).toBeGreaterThan(1_500)
    await readOf([await request('long', { name: 'made_at', type: 'timestamptz' }, 'tail')])
    const touched = async () => {
      await owner.client.query('select pg_stat_clear_snapshot()')
      const { rows: now } = await owner.client.query<{ read: string }>(
        `select heap_blks_read + heap_blks_hit as read from pg_statio_user_tables where relname = 'long'`,
      )
      return Number(now[0]?.read) - Number(rows[0]?.read)
    }
    await expect.poll(touched, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(await touched()).toBeLessThanOrEqual(100)
  })

  test('that may not be read, or are locked, are told of their table only', async () => {
    const role = `looker_${new URL(url).pathname.slice(1)}`
    await execute(
      url,
      `create role ${role} login password '${rolePassword}'; grant select on counted, long, p1 to ${role}`,
    )
    const target = targetOf(url, { user: role })
    const ids = await externalIds(url, ['secret'])
    const seen = await withSession(target, (session) => session.observeTables(relationRefs(ids)))
    expect(seen.tables).toMatchObject([{ readable: false, counters: { inserted: 0 } }])
    await using owner = await connectTo(url)
    await owner.client.query('begin; lock table long in access exclusive mode')
    const results = await readOf(
      [
        await request('secret', { name: 'updated_at', type: 'timestamptz' }, 'index'),
        await request('long', { name: 'made_at', type: 'timestamptz' }, 'tail'),
        await request('p1', { name: 'at', type: 'timestamptz' }, 'index'),
      ],
      target,
    )
    await owner.client.query('rollback')
    expect(results.map((result) => (result.kind === 'failed' ? result.code : result.kind))).toEqual([
      'permission-denied',
      'lock-timeout',
      'read',
    ])
  })
})

describe('a server of its own', () => {
  let server: OwnPostgres
  beforeAll(async () => {
    server = await ownPostgres()
    await execute(server.url, 'alter system set track_commit_timestamp = on')
    await execute(server.url, 'create table kept_on (id int); insert into kept_on select generate_series(1, 5)')
  }, 60_000)
  afterAll(() => server.remove())

  test('loses its counters in a crash, and then tells when rows were committed', { timeout: 60_000 }, async () => {
    await expect
      .poll(async () => (await observeOne('kept_on', server.url)).table.counters?.inserted, { timeout: 10_000 })
      .toBe(5)
    const before = await remember('kept_on', server.url)
    await server.kill()
    await server.start()
    const { table } = await observeOne('kept_on', server.url)
    expect(changeSince(before, table)?.kind).toBe('lost')
    const begun = Date.now()
    await execute(server.url, 'begin; insert into kept_on values (7); rollback; insert into kept_on values (6)')
    const { externalId, schema, name } = table
    const look = {
      externalId,
      schema,
      name,
      column: null,
      by: 'tail',
      commitTimestamps: true,
      timezone: 'UTC',
    } as const
    const [result] = await readOf([look], targetOf(server.url))
    if (result?.kind !== 'read') throw new Error(JSON.stringify(result))
    expect(result.read.whole).toBe(true)
    expect(Math.abs(Date.parse(result.read.committedAt ?? '') - begun)).toBeLessThan(30_000)
    await execute(server.url, 'vacuum freeze kept_on')
    expect(await readOf([look], targetOf(server.url))).toMatchObject([{ kind: 'read' }])
  })
})

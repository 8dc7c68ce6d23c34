import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { connectTo, execute, rolePassword, targetOf, withSession } from './source-database.ts'

let url: string
beforeAll(async () => {
  url = await createDatabase()
  await execute(
    url,
    `create schema "Odd "";--"; create table "Odd "";--"."ta""ble" ("se""lect" text, "x;" int, "Größe" bytea);
     insert into "Odd "";--"."ta""ble" values ('one', 1, '\\x01ff'), (null, 2, null), ('three', null, null);
     create table public.wide (body text, tags text[], at timestamptz);
     insert into public.wide values (repeat('é', 100000), '{a,b}', '2026-01-02 03:04:05+00');
     create table public.secret (a int, b int)`,
  )
})

const sample = (schema: string, table: string, columns: string[], rows: number) =>
  withSession(targetOf(url), (session) => session.sample({ schema, table, columns, rows }))

describe('values', () => {
  test('come as text by column, in the order asked for, without nulls', async () => {
    expect(await sample('Odd ";--', 'ta"ble', ['x;', 'se"lect', 'Größe'], 10)).toEqual([
      ['1', '2'],
      ['one', 'three'],
      [String.raw`\x01ff`],
    ])
  })

  test('are as many rows as asked for', async () => {
    expect(await sample('Odd ";--', 'ta"ble', ['x;'], 1)).toEqual([['1']])
    expect(await sample('Odd ";--', 'ta"ble', ['x;'], 0)).toEqual([[]])
    expect(await sample('Odd ";--', 'ta"ble', [], 5)).toEqual([])
  })

  test('are cut in the server at 512 characters', async () => {
    expect(await sample('public', 'wide', ['body', 'tags', 'at'], 5)).toEqual([
      ['é'.repeat(512)],
      ['{a,b}'],
      ['2026-01-02 03:04:05+00'],
    ])
  })
})

test('a large table is sampled all over', async () => {
  await execute(
    url,
    `create table public.large with (autovacuum_enabled = false) as
       select n, repeat('x', 2000) as body from generate_series(1, 40000) n;
     analyze public.large`,
  )
  const [numbers = []] = await sample('public', 'large', ['n'], 200)
  expect(numbers.length).toBeGreaterThan(0)
  expect(numbers.length).toBeLessThanOrEqual(200)
  expect(Math.max(...numbers.map(Number))).toBeGreaterThan(1_000)
})

test('a table that cannot be read does not end the session', async () => {
  const role = `sampler_${new URL(url).pathname.slice(1)}`
  await execute(
    url,
    `create role ${role} login password '${rolePassword}'; grant select (a) on public.secret to ${role}`,
  )
  await withSession(targetOf(url, { user: role }), async (session) => {
    const request = { schema: 'public', table: 'secret', rows: 1 }
    await expect(session.sample({ ...request, columns: ['b'] })).rejects.toMatchObject({
      code: 'permission-denied',
      message: expect.stringContaining('secret'),
    })
    expect(await session.sample({ ...request, columns: ['a'] })).toEqual([[]])
    await expect(session.sample({ ...request, table: 'gone', columns: ['a'] })).rejects.toMatchObject({
      code: 'source-failed',
    })
    expect(await session.sample({ ...request, columns: ['a'] })).toEqual([[]])
  })
})

test('a source cannot be written to, not even by a view', async () => {
  await execute(
    url,
    `create table public.trace (a int);
     create function public.leave_trace() returns int language sql volatile as 'insert into public.trace values (1) returning a';
     create view public.trap as select public.leave_trace() as a`,
  )
  await expect(sample('public', 'trap', ['a'], 1)).rejects.toMatchObject({
    code: 'source-failed',
    message: expect.stringContaining('read-only transaction'),
  })
})

test('a session does one thing at a time and says so', async () => {
  await withSession(targetOf(url), async (session) => {
    const reading = session.readCatalog({})[Symbol.asyncIterator]()
    await reading.next()
    const request = { schema: 'public', table: 'secret', columns: ['a'], rows: 1 }
    await expect(session.sample(request)).rejects.toThrow('one thing at a time')
    await reading.return?.()
    expect(await session.sample(request)).toEqual([[]])
  })
})

test('the owner sees who asks', async () => {
  await withSession(targetOf(url), async (session) => {
    await using owner = await connectTo(url)
    const labels = async () => {
      const { rows } = await owner.client.query<{ label: string }>(
        `select application_name as label from pg_stat_activity where datname = current_database()`,
      )
      return rows.map(({ label }) => label)
    }
    expect(await labels()).toContain('plumbline connector test')
    await session.close()
  })
})

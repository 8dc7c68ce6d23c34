import type { SourceStatement, StatementEvent, StatementRequest } from '@plumbline/connectors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabaseOn } from '../../support/databases.ts'
import { ownPostgres, type OwnPostgres } from '../../support/own-postgres.ts'
import { execute, targetOf, withSession } from './source-database.ts'

let server: OwnPostgres
let url: string

beforeAll(async () => {
  server = await ownPostgres(['pg_stat_statements'])
  url = await createDatabaseOn(server.url)
  await execute(
    url,
    `create extension pg_stat_statements;
    create schema "Odd";
    create table s (x int);
    create table t (x int);
    create function "Odd".fill(n int) returns void language plpgsql set search_path to "Odd", app, "$user"
      as $f$ begin insert into t select x from s; end $f$;
    create function lang() returns int language sql return 1;
    create procedure long() language plpgsql as $f$ begin /* ${'x'.repeat(3_000)} */ end $f$;`,
  )
})
afterAll(() => server.remove())

const always = { since: new Date(0), readBefore: null }
const read = (request: Partial<StatementRequest>): Promise<StatementEvent[]> =>
  withSession(targetOf(url), (session) =>
    Array.fromAsync(session.readStatements({ kind: 'query', ...always, limit: 100, maxLength: 2_000, ...request })),
  )
const statementsIn = (events: readonly StatementEvent[]): SourceStatement[] =>
  events.flatMap((event) => (event.kind === 'statements' ? event.statements : []))
const warningsIn = (events: readonly StatementEvent[]) =>
  events.flatMap((event) => (event.kind === 'warnings' ? event.warnings : []))

test('statements that write come most called first, without values; what only reads, and long ones, are left out', async () => {
  for (const n of [1, 2, 3]) await execute(url, `insert into t select x from s where x > ${4710 + n}`)
  await execute(url, 'insert into s values (4711)')
  await execute(url, 'select x from s')
  await execute(
    url,
    `insert into t select x from s where x in (${Array.from({ length: 900 }, (_, n) => `x + ${n}`).join()})`,
  )
  const events = await read({})
  const statements = statementsIn(events)
  expect(statements.map(({ text, calls }) => [text, calls])).toEqual([
    ['insert into t select x from s where x > $1', 3],
    ['insert into s values ($1)', 1],
  ])
  expect(warningsIn(events)).toMatchObject([
    { code: 'statement-too-long', message: expect.stringContaining('1 of the') },
  ])
  expect(statementsIn(await read({ limit: 1 }))).toEqual(statements.slice(0, 1))
})

test('reading the history leaves nothing of itself in it', async () => {
  const before = statementsIn(await read({ maxLength: 100_000 }))
  expect(statementsIn(await read({ maxLength: 100_000 })).map(({ text }) => text)).toEqual(
    before.map(({ text }) => text),
  )
})

test('routines come with name, body and the schemas that they set', async () => {
  const events = await read({ kind: 'function' })
  expect(statementsIn(events).map(({ name, text, searchPath }) => ({ name, text: text.trim(), searchPath }))).toEqual([
    { name: 'Odd.fill(n integer)', text: 'begin insert into t select x from s; end', searchPath: ['Odd', 'app'] },
    { name: 'public.lang()', text: 'RETURN 1', searchPath: null },
  ])
  expect(warningsIn(events)).toMatchObject([{ code: 'statement-too-long', object: 'routines' }])
})

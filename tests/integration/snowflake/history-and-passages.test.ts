import type { CatalogEvent, HistoryMark, Session } from '@plumbline/connectors'
import { expect, test } from 'vitest'
import { protocolServer, type Answer } from '../../support/snowflake/protocol-server.ts'
import { snowflake, targetAt } from './shop.ts'

const open = (url: string): Promise<Session> =>
  snowflake.open(targetAt(url), { label: 'plumbline job 0198', signal: new AbortController().signal })
const none: Answer = { columns: ['nothing'], rows: [] }
const denied = (message: string): Answer => ({ error: { code: '002003', message } })

const clock: Answer = {
  columns: ['now', 'role'],
  rows: [[String(Date.UTC(2026, 0, 31)), 'READER']],
  types: { now: 'fixed' },
}
const historyRow = { columns: ['text', 'database', 'schema', 'calls', 'read', 'written'], types: { calls: 'fixed' } }
const statementsSince = (since: Date, readBefore: HistoryMark | null = null) =>
  ({ kind: 'query', since, readBefore, limit: 10, maxLength: 100 }) as const

test('without ACCOUNT_USAGE the role is asked for its own statements of 7 days, and the grant is named (documented answers)', async () => {
  await using server = await protocolServer((sql) => {
    if (/current_role/.test(sql)) return clock
    if (/account_usage/.test(sql)) return denied(`Database 'SNOWFLAKE' does not exist or not authorized.`)
    return { ...historyRow, rows: [['insert into t select a from u', 'SHOP', 'A', '3', null, null]] }
  })
  const session = await open(server.url)
  const request = statementsSince(new Date(Date.UTC(2026, 0, 1)), {
    source: 'access',
    to: new Date(Date.UTC(2026, 0, 30)),
  })
  const events = await Array.fromAsync(session.readStatements(request))
  expect(events).toEqual([
    {
      kind: 'statements',
      statements: [
        expect.objectContaining({ text: 'use schema "SHOP"."A";\ninsert into t select a from u', calls: 3 }),
      ],
    },
    { kind: 'read', upTo: { source: 'own', to: new Date(Date.UTC(2026, 0, 31)) } },
    {
      kind: 'warnings',
      warnings: [
        {
          code: 'history-not-readable',
          object: 'query history',
          message: expect.stringContaining('GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER TO ROLE READER;'),
        },
      ],
    },
  ])
  expect(server.asked.at(-1)?.sql).toContain(`end_time_range_start => '2026-01-24T00:10:00.000Z'::timestamp_ltz`)
  await session.close()
})

test('what ACCESS_HISTORY may not show yet is left for the next reading (documented answers)', async () => {
  await using server = await protocolServer((sql) => (/current_role/.test(sql) ? clock : { ...historyRow, rows: [] }))
  const session = await open(server.url)
  const [first, complete] = [new Date(Date.UTC(2026, 0, 1)), new Date(Date.UTC(2026, 0, 30, 21))]
  const read = (readBefore: HistoryMark | null) =>
    Array.fromAsync(session.readStatements(statementsSince(first, readBefore)))
  expect(await read(null)).toEqual([{ kind: 'read', upTo: { source: 'access', to: complete } }])
  expect(server.asked.at(-1)?.sql).toContain(`end_time < '2026-01-30T21:00:00.000Z'::timestamp_ltz`)
  expect(server.asked.at(-1)?.parameters).toMatchObject({ STATEMENT_TIMEOUT_IN_SECONDS: 300 })
  expect(await read({ source: 'access', to: complete })).toEqual([])
  await session.close()
})

test('a history that takes too long, or is refused as a whole, is a warning (documented answers)', async () => {
  const late = { error: { code: '000630', message: 'Statement reached its statement or warehouse timeout' } }
  const refused = denied(`Object 'HISTORY' does not exist or not authorized.`)
  for (const [answer, said] of [
    [late, 'could not be read: Statement reached'],
    [refused, 'so statements that ran are not traced: GRANT'],
  ] as const) {
    await using server = await protocolServer((sql) => (/current_role/.test(sql) ? clock : answer))
    const session = await open(server.url)
    const events = await Array.fromAsync(session.readStatements(statementsSince(new Date(0))))
    expect(events).toMatchObject([{ kind: 'warnings', warnings: [{ code: 'history-not-readable' }] }])
    expect(JSON.stringify(events)).toContain(said)
    await session.close()
  }
})

test('queries of dynamic tables and materialized views are shown once a session (documented answers)', async () => {
  const shown = (name: string): Answer => ({
    columns: ['name', 'schema_name', 'text'],
    rows: [[name, 'A', `create ${name} as select 1`]],
  })
  await using server = await protocolServer((sql) => {
    if (/view_definition/.test(sql))
      return { columns: ['schema', 'name', 'definition'], rows: [['A', 'V', 'create view v']] }
    if (/^show streams/i.test(sql)) return none
    if (/^show dynamic/i.test(sql)) return shown('D')
    return /^show materialized/i.test(sql)
      ? shown('M')
      : { columns: ['name', 'comment', 'created'], rows: [['A', null, '1']] }
  })
  const session = await open(server.url)
  const relations = ['V', 'D', 'M', 'T'].map((name) => ({ externalId: name, schema: 'A', name }))
  const read = async () => (await Array.fromAsync(session.readQueries(relations))).flat()
  expect(await read()).toEqual([
    { externalId: 'V', kind: 'sql', text: 'use schema "SHOP"."A";\ncreate view v' },
    { externalId: 'D', kind: 'sql', text: 'use schema "SHOP"."A";\ncreate D as select 1' },
    { externalId: 'M', kind: 'sql', text: 'use schema "SHOP"."A";\ncreate M as select 1' },
  ])
  await read()
  expect(server.asked.filter(({ sql }) => sql.startsWith('show '))).toHaveLength(3)
  await session.close()
})

test('the newest values of columns are read only where that reads no row (documented answers)', async () => {
  const newest = Date.UTC(2026, 0, 2)
  await using server = await protocolServer((sql) => {
    if (sql.startsWith('explain')) {
      const bytesAssigned = sql.includes('"LARGE"') ? 4_096 : 0
      return { columns: ['content'], rows: [[JSON.stringify({ GlobalStats: { bytesAssigned } })]] }
    }
    if (sql.includes('"GONE"')) return denied(`Object 'GONE' does not exist or not authorized.`)
    const places = [...sql.matchAll(/select (\d+) as "place"/g)].map(([, place = '']) => [place, String(newest)])
    return { columns: ['place', 'ms'], rows: places, types: { place: 'fixed', ms: 'fixed' } }
  })
  const session = await open(server.url)
  const column = { name: 'AT', type: 'timestamp' } as const
  const request = { schema: 'A', column, by: 'index', commitTimestamps: false, timezone: 'Europe/Berlin' } as const
  const results = await session.readNewest(
    ['T', 'LARGE', 'GONE', 'U'].map((name) => ({ ...request, externalId: name, name })),
  )
  const known = { column: 'AT', columnAt: '2026-01-02T00:00:00.000Z', byMetadata: true }
  expect(results).toMatchObject([
    { externalId: 'T', kind: 'read', read: known },
    { externalId: 'LARGE', kind: 'read', read: { column: 'AT', columnAt: null } },
    { externalId: 'GONE', kind: 'failed', code: 'permission-denied' },
    { externalId: 'U', kind: 'read', read: known },
  ])
  const run = server.asked.map(({ sql }) => sql).filter((sql) => sql.startsWith('select'))
  expect(run.filter((sql) => sql.includes('"LARGE"'))).toEqual([])
  expect(run.join()).toContain(`convert_timezone('Europe/Berlin', 'UTC', max("AT"))`)
  await session.close()
})

/** A schema with a table, a stream on it, and two stages, one of them by the name of the table. */
function withPassages(sql: string): Answer {
  const shown = ['created_on', 'name', 'schema_name', 'comment']
  const types = { created_on: 'timestamp_ltz' }
  if (/^show streams/i.test(sql))
    return {
      columns: [...shown, 'table_name'],
      rows: [['1700000000.000', 'CHANGES', 'A', 'since May', 'SHOP.A.T']],
      types,
    }
  if (/^show stages/i.test(sql))
    return {
      columns: [...shown, 'url'],
      rows: [
        ['1700000001.000', 'RAW', 'A', '', 's3://bucket/raw/'],
        ['1700000002.000', 'T', 'A', '', ''],
      ],
      types,
    }
  if (/schemata/.test(sql)) return { columns: ['name', 'comment', 'created'], rows: [['A', null, '1']] }
  if (/information_schema\.tables/.test(sql))
    return {
      columns: ['schema', 'name', 'type', 'dynamic', 'created', 'comment', 'clusteredBy'],
      rows: [['A', 'T', 'BASE TABLE', 'NO', '1000', null, null]],
      types: { created: 'fixed' },
    }
  return none
}

test('streams and stages are discovered, and a stream takes its rows from its table (documented answers)', async () => {
  await using server = await protocolServer(withPassages)
  const session = await open(server.url)
  const events: CatalogEvent[] = await Array.fromAsync(session.readCatalog({}))
  const relations = events.flatMap((event) => (event.kind === 'relations' ? event.relations : []))
  expect(relations.map(({ name, kind, document }) => [name, kind, document.definition, document.comment])).toEqual([
    ['@RAW', 'stage', 's3://bucket/raw/', null],
    ['@T', 'stage', null, null],
    ['CHANGES', 'stream', 'STREAM ON SHOP.A.T', 'since May'],
    ['T', 'table', null, null],
  ])
  expect(new Set(relations.map(({ externalId }) => externalId)).size).toBe(4)
  const known = new Map(relations.map(({ externalId, sourceFingerprint }) => [externalId, sourceFingerprint ?? '']))
  const again: CatalogEvent[] = await Array.fromAsync(session.readCatalog({ known }))
  expect(again.flatMap((event) => (event.kind === 'unchanged' ? event.relations : []))).toHaveLength(4)
  const queries = (await Array.fromAsync(session.readQueries(relations))).flat()
  expect(queries.map(({ text }) => text)).toEqual(['use schema "SHOP"."A";\nselect * from SHOP.A.T'])
  await session.close()
})

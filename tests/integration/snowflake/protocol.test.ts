import { ConnectorError, type CatalogEvent, type ConnectionTarget } from '@plumbline/connectors'
import { expect, test } from 'vitest'
import { protocolServer, type Answer } from '../../support/snowflake/protocol-server.ts'
import { rejectionOf } from '../connectors/source-database.ts'
import { snowflake, targetAt } from './shop.ts'

const label = 'plumbline job 0198'
const open = (target: ConnectionTarget, signal = new AbortController().signal) =>
  snowflake.open(target, { label, signal })
const none: Answer = { columns: ['nothing'], rows: [] }

const described: Answer = {
  columns: ['version', 'user', 'role', 'warehouse', 'account', 'region'],
  rows: [['9.1', 'PLUMBLINE', 'READER', 'WH', 'AB1', 'EU']],
}

test('statements carry the job as query tag and a time limit, and the session is ended (protocol server)', async () => {
  await using server = await protocolServer(() => described)
  const session = await open(targetAt(server.url, { role: 'reader', warehouse: 'wh' }))
  expect((await session.describe()).user).toBe('PLUMBLINE')
  expect(server.sessions.size).toBe(1)
  await session.close()
  expect(server.sessions.size).toBe(0)
  expect(server.logins[0]).toMatchObject({ SESSION_PARAMETERS: expect.objectContaining({ QUERY_TAG: label }) })
  expect(server.asked[0]?.sql).toMatch(/timezone = 'UTC'.*abort_detached_query = true/s)
  expect(server.asked[1]?.parameters).toMatchObject({ STATEMENT_TIMEOUT_IN_SECONDS: 60 })
})

test('a cancelled job ends its statement in Snowflake within 5 s and rejects with the reason (protocol server)', async () => {
  await using server = await protocolServer(() => 'hang')
  const stop = new AbortController()
  const session = await open(targetAt(server.url), stop.signal)
  const reason = new Error('a person cancelled the job')
  const rejection = rejectionOf(session.describe())
  await expect.poll(() => server.asked.length).toBe(2)
  const before = performance.now()
  stop.abort(reason)
  expect(await rejection).toBe(reason)
  expect(performance.now() - before).toBeLessThan(5_000)
  expect(server.cancelled).toBe(1)
  expect(await rejectionOf(session.describe())).toBe(reason)
  await session.close()
})

test('what a lost job left running is cancelled by its label (documented answers)', async () => {
  await using server = await protocolServer((sql) =>
    /query_history_by_user/.test(sql)
      ? { columns: ['id'], rows: [['01b2-1'], ['01b2-2']] }
      : { columns: ['said'], rows: [['query [01b2-1] terminated.']] },
  )
  const signal = new AbortController().signal
  expect(await snowflake.endSessions(targetAt(server.url), label, { label: 'plumbline clean-up', signal })).toBe(2)
  const [, history, ...cancels] = server.asked.map(({ sql }) => sql)
  expect(history).toContain(`query_tag = '${label}'`)
  expect(cancels).toEqual([
    `select system$cancel_query('01b2-1') as "said"`,
    `select system$cancel_query('01b2-2') as "said"`,
  ])
  expect(server.sessions.size).toBe(0)
})

test('a session that used up its statements ends with budget-spent (protocol server)', async () => {
  await using server = await protocolServer(() => described)
  const session = await open(targetAt(server.url, { maxStatements: 10 }))
  for (let statement = 2; statement <= 10; statement++) await session.describe()
  expect(await rejectionOf(session.describe())).toMatchObject({ code: 'budget-spent' })
  expect(server.asked).toHaveLength(10)
  await session.close()
})

test('all sessions of a job spend one budget, and tell what they spent (protocol server)', async () => {
  await using server = await protocolServer(() => described)
  const spent = { statements: 7, ms: 1_000 }
  const signal = new AbortController().signal
  const budget = {
    spent: () => Promise.resolve({ ...spent }),
    add: ({ statements, ms }: typeof spent) => {
      spent.statements += statements
      spent.ms += ms
      return Promise.resolve()
    },
  }
  const openNext = () => snowflake.open(targetAt(server.url, { maxStatements: 10 }), { label, signal, budget })
  const session = await openNext()
  await session.describe()
  await session.close()
  expect(spent.statements).toBe(9)
  expect(spent.ms).toBeGreaterThan(1_000)
  const last = await openNext()
  expect(await rejectionOf(last.describe())).toMatchObject({ code: 'budget-spent' })
  await last.close()
  expect(spent.statements).toBe(10)
  expect(await rejectionOf(openNext())).toMatchObject({ code: 'budget-spent' })
  expect(server.asked).toHaveLength(3)
  spent.statements = 0
  spent.ms = 10_001
  const seconds = snowflake.open(targetAt(server.url, { maxSeconds: 10 }), { label, signal, budget })
  expect(await rejectionOf(seconds)).toMatchObject({ code: 'budget-spent', message: expect.stringContaining('10 s') })
})

test.each([
  ['390100', 'Incorrect username or password was specified.', 'authentication-failed'],
  ['394400', 'Programmatic access token is invalid.', 'authentication-failed'],
  ['390422', 'Incoming request with IP/Token 1.2.3.4 is not allowed to access Snowflake.', 'authentication-failed'],
  ['390189', `Role 'READER' specified in the connect string does not exist or not authorized.`, 'permission-denied'],
])('a login refused with %s (documented answer)', async (code, message, expected) => {
  await using server = await protocolServer(() => none, { code, message })
  expect(await rejectionOf(open(targetAt(server.url)))).toMatchObject({ code: expected, message })
})

test.each([
  [
    '000630',
    'Statement reached its statement or warehouse timeout of 60 second(s) and was canceled.',
    'statement-timeout',
  ],
  ['003001', `SQL access control error: Insufficient privileges to operate on table 'T'`, 'permission-denied'],
  ['002003', `SQL compilation error: Object 'T' does not exist or not authorized.`, 'permission-denied'],
  ['002003', `SQL compilation error: Database 'SHOP' does not exist or not authorized.`, 'database-not-found'],
  ['000625', 'Statement was aborted because the number of waiters for this lock exceeds the limit.', 'lock-timeout'],
  ['001003', 'SQL compilation error: syntax error', 'source-failed'],
])('a statement refused with %s: %s (documented answer)', async (code, message, expected) => {
  await using server = await protocolServer(() => ({ error: { code, message } }))
  const session = await open(targetAt(server.url))
  const error = await rejectionOf(session.describe())
  expect(error).toBeInstanceOf(ConnectorError)
  expect(error).toMatchObject({ code: expected, message: expect.stringContaining(message) })
  await session.close()
})

const schemas = ['A', 'B']
const tablesOf = (schema: string, count: number) =>
  Array.from({ length: count }, (_, index) => [
    schema,
    `T${index}`,
    'BASE TABLE',
    'NO',
    String(1_000 + index),
    null,
    null,
  ])

/** A catalog of two schemas that is too much for one answer. */
function largeCatalog(sql: string): Answer {
  if (/schemata/.test(sql))
    return { columns: ['name', 'comment', 'created'], rows: schemas.map((name) => [name, null, '1']) }
  const isWhole = /table_schema <> 'INFORMATION_SCHEMA'/.test(sql)
  const tooMuch = 'Information schema query returned too much data. Please repeat query with more selective predicates.'
  if (/information_schema\.(tables|columns)/.test(sql) && isWhole)
    return { error: { code: '090030', message: tooMuch } }
  const schema = /table_schema = '(\w+)'/.exec(sql)?.[1] ?? ''
  if (/information_schema\.tables/.test(sql))
    return {
      columns: ['schema', 'name', 'type', 'dynamic', 'created', 'comment', 'clusteredBy'],
      rows: tablesOf(schema, 2),
      types: { created: 'fixed' },
    }
  if (/information_schema\.columns/.test(sql))
    return {
      columns: ['schema', 'relation', 'name', 'type', 'scale', 'precision', 'nullable'],
      rows: tablesOf(schema, 2).map(([, name]) => [schema, name ?? '', 'ID', 'NUMBER', '0', '38', 'NO']),
      types: { scale: 'fixed', precision: 'fixed' },
    }
  return keysOf(sql)
}

const keyColumns = ['schema_name', 'table_name', 'column_name', 'key_sequence', 'constraint_name']
/** More than a `SHOW` answers, in the database and in the schema A. */
function keysOf(sql: string): Answer {
  if (!/^show primary keys/i.test(sql)) return none
  const place = /in (database|schema|table) (.+)$/.exec(sql)
  const inTable = place?.[1] === 'table' ? (/"(\w+)"$/.exec(sql)?.[1] ?? '') : undefined
  if (inTable !== undefined) return { columns: keyColumns, rows: [['A', inTable, 'ID', '1', 'SYS_CONSTRAINT_1']] }
  if (sql.endsWith('"B"')) return { columns: keyColumns, rows: [['B', 'T1', 'ID', '1', 'OWN']] }
  return { columns: keyColumns, rows: Array.from({ length: 10_000 }, () => ['A', 'T0', 'ID', '1', 'CUT']) }
}

test('a catalog that is too much for one answer is read schema by schema, keys table by table (documented answers)', async () => {
  await using server = await protocolServer(largeCatalog)
  const session = await open(targetAt(server.url))
  const events: CatalogEvent[] = await Array.fromAsync(session.readCatalog({}))
  const relations = events.flatMap((event) => (event.kind === 'relations' ? event.relations : []))
  expect(
    relations.map(({ schema, name, document }) => [schema, name, document.columns.length, document.keys[0]?.name]),
  ).toEqual([
    ['A', 'T0', 1, 'PRIMARY KEY (ID)'],
    ['A', 'T1', 1, 'PRIMARY KEY (ID)'],
    ['B', 'T0', 1, undefined],
    ['B', 'T1', 1, 'OWN'],
  ])
  expect(events[0]).toEqual({ kind: 'total', relations: 4 })
  await session.close()
})

const answersOf =
  (changes: readonly (readonly [RegExp, Answer])[]) =>
  (sql: string): Answer => {
    const usual: readonly (readonly [RegExp, Answer])[] = [
      [/current_warehouse/, { columns: ['role', 'warehouse'], rows: [['READER', 'WH']] }],
      [/schemata/, { columns: ['schemas'], rows: [['2']], types: { schemas: 'fixed' } }],
      [/information_schema\.tables/, { columns: ['count'], rows: [['2']], types: { count: 'fixed' } }],
      [
        /table_privileges/,
        {
          columns: ['schema', 'name'],
          rows: [
            ['A', 'T'],
            ['A', 'U'],
          ],
        },
      ],
    ]
    return [...changes, ...usual].find(([pattern]) => pattern.test(sql))?.[1] ?? none
  }
const denied = (message: string): Answer => ({ error: { code: '002003', message } })

test.each([
  [
    'warehouse',
    'GRANT USAGE ON WAREHOUSE WH TO ROLE READER;',
    [[/current_warehouse/, { columns: ['role', 'warehouse'], rows: [['READER', null]] }]],
  ],
  [
    'role',
    'ALTER USER PLUMBLINE SET DEFAULT_ROLE = READER; or name a role in the connection',
    [[/current_warehouse/, { columns: ['role', 'warehouse'], rows: [[null, null]] }]],
  ],
  [
    'database',
    'GRANT USAGE ON DATABASE SHOP TO ROLE READER;',
    [[/schemata/, denied(`Database 'SHOP' does not exist or not authorized.`)]],
  ],
  [
    'schemas',
    'GRANT USAGE ON ALL SCHEMAS IN DATABASE SHOP TO ROLE READER;',
    [[/schemata/, { columns: ['schemas'], rows: [['0']], types: { schemas: 'fixed' } }]],
  ],
] as const)(
  'the test of a connection names the missing grant of the %s (documented answers)',
  async (name, hint, changes) => {
    await using server = await protocolServer(answersOf(changes))
    const checks = await snowflake.test(targetAt(server.url, { role: 'reader', warehouse: 'wh' }), {
      label,
      signal: new AbortController().signal,
    })
    expect(checks.filter(({ ok }) => !ok)).toEqual([{ name, ok: false, message: expect.any(String), hint }])
    expect(checks.at(-1)?.name).toBe(name)
  },
)

test('what the role may not read, and a history that is closed, are hints (documented answers)', async () => {
  const closed = answersOf([
    [/table_privileges/, { columns: ['schema', 'name'], rows: [['A', 'T']] }],
    [/account_usage/, denied(`Database 'SNOWFLAKE' does not exist or not authorized.`)],
  ])
  await using server = await protocolServer(closed)
  const target = targetAt(server.url, { role: 'reader', warehouse: 'wh' })
  const checks = await snowflake.test(target, { label, signal: new AbortController().signal })
  expect(checks.every(({ ok }) => ok)).toBe(true)
  expect(checks.find(({ name }) => name === 'tables')).toMatchObject({
    message: expect.stringContaining('may read 1 of them'),
    hint: expect.stringContaining('GRANT SELECT ON ALL TABLES IN DATABASE SHOP TO ROLE READER;'),
  })
  expect(checks.at(-1)?.hint).toBe('GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER TO ROLE READER;')
})

test('freshness is told by when tables were altered, with their rows and bytes (documented answers)', async () => {
  const [altered, defined] = [Date.UTC(2026, 0, 2, 3), Date.UTC(2026, 0, 1)]
  await using server = await protocolServer((sql) =>
    /current_timestamp/.test(sql)
      ? { columns: ['now'], rows: [[String(Date.UTC(2026, 0, 3))]], types: { now: 'fixed' } }
      : /table_privileges/.test(sql)
        ? { columns: ['schema', 'name'], rows: [['A', 'T']] }
        : /data_type in/.test(sql)
          ? { columns: ['schema', 'name', 'column', 'type'], rows: [['A', 'T', 'LOADED', 'TIMESTAMP_NTZ']] }
          : {
              columns: ['schema', 'name', 'type', 'altered', 'defined', 'rows', 'bytes'],
              rows: [
                ['A', 'T', 'BASE TABLE', String(altered), String(defined), '12', '4096'],
                ['A', 'E', 'EXTERNAL TABLE', null, null, null, null],
                ['A', 'V', 'VIEW', null, null, null, null],
              ],
              types: { altered: 'fixed', defined: 'fixed', rows: 'fixed', bytes: 'fixed' },
            },
  )
  const session = await open(targetAt(server.url))
  const { moment, tables } = await session.observeTables(
    ['T', 'E', 'V', 'GONE'].map((name) => ({ externalId: `t:${name}`, schema: 'A', name })),
  )
  expect(moment.now).toBe('2026-01-03T00:00:00.000Z')
  expect(tables.map(({ externalId, storage, altered: state }) => [externalId, storage, state])).toEqual([
    ['t:T', 'table', { at: '2026-01-02T03:00:00.000Z', definedAt: '2026-01-01T00:00:00.000Z', rows: 12, bytes: 4096 }],
    ['t:E', 'foreign', undefined],
    ['t:V', 'view', undefined],
  ])
  expect(tables.map(({ readable }) => readable)).toEqual([true, false, false])
  expect(tables[0]?.columns).toEqual([{ name: 'LOADED', type: 'timestamp', indexed: true, partitionKey: false }])
  await session.close()
})

test('a large table is measured on a part of its micro-partitions (protocol server)', async () => {
  await using server = await protocolServer(() => ({ columns: ['rows', 'v0', 'v1'], rows: [['40', '0.25', '7']] }))
  const session = await open(targetAt(server.url))
  const measured = await session.measure({
    schema: 'A',
    table: 'T',
    columns: [{ name: 'id "x"', type: 'uuid' }],
    keys: [],
    read: { kind: 'part', part: 0.02 },
    timeoutMs: 90_000,
  })
  expect(server.asked[1]?.sql).toContain('from "SHOP"."A"."T" sample system (2.000000)')
  expect(server.asked[1]?.sql).toContain('"id ""x"""')
  expect(server.asked[1]?.parameters).toMatchObject({ STATEMENT_TIMEOUT_IN_SECONDS: 90 })
  expect(measured.columns).toMatchObject([
    { metric: 'null_share', value: 0.25, method: 'sampled' },
    { metric: 'distinct_count', value: null, noData: 'sampled' },
  ])
  await session.close()
})

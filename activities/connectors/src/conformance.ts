import { wholeCatalog, type DiscoveredRelation, type JobType } from '@plumbline/workflows'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ConnectorError } from './connector-error.ts'
import type { CatalogEvent, ConnectionTarget, Connector, Session } from './connector.ts'
import { connectionKind, supports, type ConnectionKind } from './kinds.ts'

/**
 * What a connector's test makes before: a database with at least two schemas, one relation with a foreign key to another
 * and one view on a table, all readable by the target's user.
 */
export interface ConformanceSetup {
  connector: Connector
  target: ConnectionTarget
  /** The same database with a secret that is wrong. */
  wrongSecret: ConnectionTarget
  /** A place where nobody listens. */
  unreachable: ConnectionTarget
  /** A table with a column that holds one null beside these values. */
  known: { schema: string; table: string; column: string; values: readonly string[] }
  /** A relation that takes longer than a minute to read. */
  slow: { schema: string; table: string; column: string }
  /** How many statements of the connector the source is working on, told by the label. */
  statements: (label: string) => Promise<number>
}

const label = 'plumbline conformance'

/**
 * What every connector must do, run against a real source. The setup is made once. What only a job type asks for is tested where the
 * kind has that type.
 *
 * @param source what it runs against, for the names of the tests: `postgres`, `snowflake on its emulator`
 */
export function describeConnector(
  kind: ConnectionKind,
  source: string,
  setup: () => Promise<ConformanceSetup>,
  { without = [], missing }: ConformanceLimits = {},
): void {
  const runs = (type: JobType) => supports(kind, type)
  const { sqlMetrics, newestRows } = connectionKind(kind)
  describe(`the ${source} connector`, () => {
    let given: ConformanceSetup
    beforeAll(async () => {
      if (missing === undefined) given = await setup()
    })
    beforeEach((context) => context.skip(missing !== undefined, missing))
    describeSettings(() => given)
    describeOpening(() => given)
    describeCatalog(() => given)
    if (runs('lineage_extraction')) describeQueries(() => given)
    if (runs('tag_generation')) describeSamples(() => given)
    if (runs('metric_capture')) describeMeasures(() => given)
    if (runs('metric_capture') && sqlMetrics) describeSqlMetrics(() => given)
    if (runs('freshness_check')) describeFreshness(() => given)
    if (runs('freshness_check') && newestRows) describeNewestRows(() => given)
    if (!without.includes('slow-statements')) describeCancelling(() => given)
    test('opens nothing for a job that is cancelled already', async () => {
      const reason = new Error('too late')
      expect(await rejectionOf(open(given, given.target, AbortSignal.abort(reason)))).toBe(reason)
    })
  })
}

export interface ConformanceLimits {
  /** What the source lacks though its kind has it, as an emulator does; it is tested elsewhere. */
  without?: readonly 'slow-statements'[]
  /** Why the source cannot be had on this machine: then every test is skipped, and says so. */
  missing?: string | undefined
}

function describeSettings(given: () => ConformanceSetup): void {
  test('parses its settings again to the same and refuses what it does not know', () => {
    const { connector, target } = given()
    expect(connector.parseSettings(target.settings)).toEqual(target.settings)
    expect(() => connector.parseSettings({ ...target.settings, unheardOf: 1 })).toThrow('unheardOf')
    expect(() => connector.parseSettings(null)).toThrow(/expected object/i)
  })
}

function describeOpening(given: () => ConformanceSetup): void {
  test('says by a code why it cannot open, and never the secret', async () => {
    const { wrongSecret, unreachable } = given()
    for (const [target, codes] of [
      [wrongSecret, ['authentication-failed']],
      [unreachable, ['connection-refused', 'connection-timeout', 'host-not-found']],
    ] as const) {
      const error = await rejectionOf(open(given(), target))
      if (!(error instanceof ConnectorError)) throw error
      expect(codes).toContain(error.code)
      for (const secret of Object.values(target.credentials)) expect(error.message).not.toContain(secret)
    }
  })

  test('says who is connected to what, and never the secret', async () => {
    const description = await withSession(given(), (session) => session.describe())
    expect(description.product).toMatch(/\w+ \d/)
    expect(description.user).toMatch(/\w/)
    for (const secret of Object.values(given().target.credentials))
      expect(JSON.stringify(description)).not.toContain(secret)
  })

  test('tests a connection without throwing, to the first check that fails', async () => {
    const { connector, target, wrongSecret, unreachable } = given()
    const options = { label, signal: new AbortController().signal }
    const good = await connector.test(target, options)
    expect(good.length).toBeGreaterThan(0)
    expect(good.filter(({ ok }) => !ok)).toEqual([])
    for (const bad of [wrongSecret, unreachable]) {
      const checks = await connector.test(bad, options)
      expect(checks.findIndex(({ ok }) => !ok)).toBe(checks.length - 1)
      expect(checks.at(-1)).toMatchObject({ message: expect.stringMatching(/\w/), hint: expect.stringMatching(/\w/) })
    }
  })
}

function describeCatalog(given: () => ConformanceSetup): void {
  test('streams the total first, then every relation and every schema once', async () => {
    const events = await withSession(given(), (session) => Array.fromAsync(session.readCatalog({})))
    const relations = relationsOf(events)
    expect(events.map(({ kind }) => kind).indexOf('total')).toBe(0)
    expect(events.filter(({ kind }) => kind === 'total')).toEqual([{ kind: 'total', relations: relations.length }])
    expect(new Set(relations.map(({ externalId }) => externalId)).size).toBe(relations.length)
    const schemas = events.flatMap((event) => (event.kind === 'schema' ? [event.schema] : []))
    expect(new Set(schemas.map(({ externalId }) => externalId)).size).toBe(schemas.length)
    expect(schemas.every(({ complete }) => complete)).toBe(true)
    const names = schemas.map((schema) => schema.name)
    expect(relations.filter(({ schema }) => !names.includes(schema))).toEqual([])
  })

  test('gives documents that fit together', async () => {
    const relations = relationsOf(await withSession(given(), (session) => Array.fromAsync(session.readCatalog({}))))
    const ids = new Set(relations.map(({ externalId }) => externalId))
    for (const { document } of relations) {
      const names = document.columns.map((column) => column.name)
      expect(document.columns.map(({ position }) => position)).toEqual(names.map((_, index) => index + 1))
      expect(new Set(document.columns.map(({ id }) => id)).size).toBe(names.length)
      expect(document.keys.flatMap(({ columns }) => columns).filter((column) => !names.includes(column))).toEqual([])
    }
    const references = relations.flatMap(({ document }) => document.keys.flatMap((key) => key.references ?? []))
    expect(references.length).toBeGreaterThan(0)
    expect(references.filter(({ externalId }) => !ids.has(externalId))).toEqual([])
    expect(relations.some(({ kind, document }) => kind === 'view' && document.definition !== null)).toBe(true)
  })

  test('reads the same twice, and of some schemas only those', async () => {
    await withSession(given(), async (session) => {
      const first = relationsOf(await Array.fromAsync(session.readCatalog({})))
      expect(relationsOf(await Array.fromAsync(session.readCatalog({})))).toEqual(first)
      const { schema } = given().known
      const part = await Array.fromAsync(
        session.readCatalog({ scope: { ...wholeCatalog, schemas: [schema, 'no such schema'] } }),
      )
      expect(relationsOf(part)).toEqual(first.filter((relation) => relation.schema === schema))
      expect(part).toContainEqual({
        kind: 'warnings',
        warnings: [{ code: 'schema-missing', object: 'no such schema', message: expect.any(String) }],
      })
    })
  })

  test('can be left in the middle', async () => {
    await withSession(given(), async (session) => {
      for await (const event of session.readCatalog({})) if (event.kind === 'relations') break
      expect(await Array.fromAsync(session.readCatalog({ scope: { ...wholeCatalog, schemas: [] } }))).toEqual([
        { kind: 'total', relations: 0 },
      ])
    })
  })
}

function describeQueries(given: () => ConformanceSetup): void {
  test('gives the query of every view it is asked for and nothing else', async () => {
    await withSession(given(), async (session) => {
      const relations = relationsOf(await Array.fromAsync(session.readCatalog({})))
      const views = relations.filter(({ kind }) => kind === 'view').map(({ externalId }) => externalId)
      const all = relations.map(({ externalId }) => externalId)
      const queries = (await Array.fromAsync(session.readQueries([...relations, noSuchThing]))).flat()
      expect(queries.map(({ externalId }) => externalId)).toEqual(expect.arrayContaining(views))
      expect(queries.filter(({ externalId, text }) => text === '' || !all.includes(externalId))).toEqual([])
    })
  })

  test.each(['query', 'function'] as const)(
    'gives statements of the kind %s within its limits, or says how to',
    async (kind) => {
      await withSession(given(), async (session) => {
        const events = await Array.fromAsync(
          session.readStatements({ kind, since: new Date(0), readBefore: null, limit: 2, maxLength: 1_000 }),
        )
        const statements = events.flatMap((event) => (event.kind === 'statements' ? event.statements : []))
        expect(statements.length).toBeLessThanOrEqual(2)
        expect(statements.filter(({ text }) => text.length > 1_000)).toEqual([])
        const warnings = events.flatMap((event) => (event.kind === 'warnings' ? event.warnings : []))
        expect(warnings.filter(({ message }) => message === '')).toEqual([])
        // A part that could not be read leaves the session as it was.
        expect((await session.describe()).user).not.toBe('')
      })
    },
  )
}

function describeSamples(given: () => ConformanceSetup): void {
  test('samples values as text, without nulls, no more rows than asked for', async () => {
    const { known } = given()
    const { schema, table, column } = known
    await withSession(given(), async (session) => {
      const [values = []] = await session.sample({ schema, table, columns: [column], rows: 100 })
      expect(values.toSorted()).toEqual([...known.values].toSorted())
      const twice = await session.sample({ schema, table, columns: [column, column], rows: 1 })
      expect(twice.map((some) => some.length <= 1)).toEqual([true, true])
    })
  })

  test('goes on after a table that is not there', async () => {
    const { schema, table, column } = given().known
    await withSession(given(), async (session) => {
      const missing = session.sample({ schema, table: 'no such table', columns: [column], rows: 1 })
      expect(await rejectionOf(missing)).toBeInstanceOf(ConnectorError)
      expect(await session.sample({ schema, table, columns: [column], rows: 100 })).toHaveLength(1)
    })
  })
}

function describeMeasures(given: () => ConformanceSetup): void {
  test('knows sizes without reading, and measures a table by its rows', async () => {
    const { known } = given()
    const { schema, table, column, values } = known
    await withSession(given(), async (session) => {
      const relations = relationsOf(await Array.fromAsync(session.readCatalog({})))
      const id = relations.find((one) => one.schema === schema && one.name === table)?.externalId ?? ''
      const sizes = await session.relationSizes([{ externalId: id, schema, name: table }, noSuchThing])
      expect(sizes).toMatchObject([{ externalId: id, columns: expect.arrayContaining([column]) }])
      const measured = await session.measure({
        schema,
        table,
        columns: [{ name: column, type: 'text' }],
        keys: [[column]],
        read: { kind: 'all' },
        timeoutMs: 30_000,
      })
      const rows = values.length + 1
      expect(measured).toMatchObject({
        rows,
        cut: false,
        duplicates: [{ value: values.length - new Set(values).size }],
      })
      expect(measured.columns).toContainEqual(
        expect.objectContaining({ metric: 'null_share', column, value: expect.closeTo(1 / rows, 6), method: 'exact' }),
      )
    })
  })
}

function describeSqlMetrics(given: () => ConformanceSetup): void {
  test('runs a query that returns a number and refuses what is none', async () => {
    await withSession(given(), async (session) => {
      const limits = { maxRows: 2, timeoutMs: 30_000 }
      expect(await session.measureQuery({ ...limits, sql: 'select 42' })).toEqual([{ group: null, value: 42 }])
      for (const sql of [
        `select 'many'`,
        'select 1 union all select 2',
        'select 1; select 2',
        `select 'a', 1 union all select 'a', 2`,
      ])
        expect(await rejectionOf(session.measureQuery({ ...limits, sql }))).toBeInstanceOf(ConnectorError)
      expect(await session.measureQuery({ ...limits, sql: `select 'a', 1 union all select 'b', null` })).toHaveLength(2)
    })
  })
}

function describeFreshness(given: () => ConformanceSetup): void {
  test('observes the relations it is asked for, and no other', async () => {
    const { known } = given()
    await withSession(given(), async (session) => {
      const relations = relationsOf(await Array.fromAsync(session.readCatalog({})))
      const { moment, tables, warnings = [] } = await session.observeTables([...relations, noSuchThing])
      expect(warnings).toEqual([])
      expect(Number.isNaN(Date.parse(moment.now))).toBe(false)
      expect(tables.map(({ externalId }) => externalId).toSorted()).toEqual(
        relations.map(({ externalId }) => externalId).toSorted(),
      )
      const table = tables.find(({ schema, name }) => schema === known.schema && name === known.table)
      expect(table).toMatchObject({ storage: 'table', readable: true })
      expect((await session.observeTables([])).tables).toEqual([])
    })
  })
}

function describeNewestRows(given: () => ConformanceSetup): void {
  test('reads what is newest in tables, and goes on after one that is gone', async () => {
    const { known } = given()
    await withSession(given(), async (session) => {
      const look = { column: null, by: 'tail', commitTimestamps: false, timezone: 'UTC' } as const
      const relations = relationsOf(await Array.fromAsync(session.readCatalog({})))
      const table = relations.find(({ schema, name }) => schema === known.schema && name === known.table)
      const places = { externalId: table?.externalId ?? '', schema: known.schema }
      const results = await session.readNewest([
        { ...look, ...places, name: 'no such table' },
        { ...look, ...places, name: known.table },
      ])
      expect(results.map(({ kind }) => kind)).toEqual(['failed', 'read'])
      expect(await session.readNewest([])).toEqual([])
    })
  })
}

function describeCancelling(given: () => ConformanceSetup): void {
  test('ends what runs in the source within 5 s and rejects with the reason', { timeout: 30_000 }, async () => {
    const { slow, statements } = given()
    const cancelled = new AbortController()
    const reason = new Error('a person cancelled the job')
    const session = await open(given(), given().target, cancelled.signal)
    const { schema, table, column } = slow
    const rejection = rejectionOf(session.sample({ schema, table, columns: [column], rows: 1 }))
    await expect.poll(() => statements(label), { timeout: 10_000 }).toBe(1)
    const before = performance.now()
    cancelled.abort(reason)
    expect(await rejection).toBe(reason)
    expect(performance.now() - before).toBeLessThan(5_000)
    await expect.poll(() => statements(label), { timeout: 5_000 }).toBe(0)
    expect(await rejectionOf(session.sample({ schema, table, columns: [column], rows: 1 }))).toBe(reason)
    await session.close()
  })

  test('ends the sessions of a label and no other', { timeout: 30_000 }, async () => {
    const { connector, target, slow, known, statements } = given()
    const left = 'plumbline job that was left'
    const signal = new AbortController().signal
    const other = await open(given(), target)
    const session = await connector.open(target, { label: left, signal })
    const { schema, table, column } = slow
    const rejection = rejectionOf(session.sample({ schema, table, columns: [column], rows: 1 }))
    await expect.poll(() => statements(left), { timeout: 10_000 }).toBe(1)
    const tidy = { label: 'plumbline clean-up', signal }
    expect(await connector.endSessions(target, left, tidy)).toBeGreaterThan(0)
    expect(await rejection).toBeInstanceOf(ConnectorError)
    await expect.poll(() => statements(left), { timeout: 5_000 }).toBe(0)
    await expect.poll(() => connector.endSessions(target, left, tidy), { timeout: 5_000 }).toBe(0)
    const request = { schema: known.schema, table: known.table, columns: [known.column], rows: 1 }
    expect(await other.sample(request)).toHaveLength(1)
    await session.close()
    await other.close()
  })
}

function open(
  { connector }: ConformanceSetup,
  target: ConnectionTarget,
  signal: AbortSignal = new AbortController().signal,
): Promise<Session> {
  return connector.open(target, { label, signal })
}

async function withSession<Result>(
  given: ConformanceSetup,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await open(given, given.target)
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}

const noSuchThing = { externalId: 'no such thing', schema: 'no such schema', name: 'no such table' }

const relationsOf = (events: readonly CatalogEvent[]): DiscoveredRelation[] =>
  events.flatMap((event) => (event.kind === 'relations' ? event.relations : []))

async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('the call did not fail')
}

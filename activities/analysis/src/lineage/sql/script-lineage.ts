import { isAdministration } from './administration.ts'
import type { SqlDialect } from './dialect.ts'
import { failed, parseStatement, type ParseFailure } from './parse-statement.ts'
import type { Certainty, Origin } from './provenance.ts'
import type { Column, Rows } from './relation.ts'
import { createSession, type Session } from './session.ts'
import { routineBody } from './declaration.ts'
import { dynamicText, unknownPart } from './dynamic-text.ts'
import { splitScript, type Script, type StatementText } from './split-script.ts'
import { resolveStatement, type Resolved } from './statement.ts'
import type { TableSchema } from './table-schema.ts'
import { tablesByTokens } from './token-walk.ts'
import type { Statement } from './tree.ts'

/** A value that flows from a column into a column; `*` on both sides: all columns, none of which is known. */
export interface ColumnEdge {
  source: { table: string; column: string }
  /** Without a table: a column of the result of a query. */
  target: { table: string | null; column: string; unnamed: boolean }
  certainty: Certainty
}

/** What one statement of a script reads and writes. */
export interface StatementLineage {
  /** The statement, as evidence of its edges. */
  sql: string
  /** Where it begins in the script, from 0. */
  start: number
  sources: string[]
  targets: string[]
  columns: ColumnEdge[]
  /** Columns that decide which rows there are and no value: filters, joins, groups. */
  indirect: readonly Origin[]
  moved: Resolved['moved']
  swapped: boolean
  /** Why it was not parsed; its tables are then told by its words, and no columns. */
  failure: ParseFailure | null
}

/** How deep statements may be within statements: `EXECUTE IMMEDIATE` of one that executes another. */
const deepest = 4

/**
 * The lineage of each statement of a script. `loadParser` has been called. Nothing is thrown for want of a schema or for a statement
 * that cannot be parsed.
 */
export const scriptLineage = (sql: string, dialect: SqlDialect, schema: TableSchema): StatementLineage[] => [
  ...traceScript(sql, dialect, schema),
]

/**
 * The same, one statement after the other, for who must be able to stop.
 *
 * @param unparsed positions in the answer of statements that are not given to the parser and are told by their words
 */
export function* traceScript(
  sql: string,
  dialect: SqlDialect,
  schema: TableSchema,
  unparsed: ReadonlySet<number> = new Set(),
): Generator<StatementLineage, void> {
  const tracing: Tracing = { session: createSession(dialect, schema), unparsed, position: 0 }
  yield* lineageOfScript(splitScript(sql, dialect), tracing, 0)
}

interface Tracing {
  session: Session
  unparsed: ReadonlySet<number>
  /** Of the next statement in the answer. */
  position: number
}

function* lineageOfScript({ statements, variables }: Script, tracing: Tracing, depth: number): Traced {
  for (const variable of variables) tracing.session.setVariable(variable, null)
  for (const statement of statements) yield* lineageOf(statement, tracing, depth)
}
type Traced = Generator<StatementLineage, void>

function* lineageOf(text: StatementText, tracing: Tracing, depth: number): Traced {
  const { session } = tracing
  const { dialect } = session
  const body = depth < deepest ? routineBody(text.tokens, dialect) : null
  if (body !== null) {
    const script = splitScript(body.text, dialect, true)
    const variables = [...body.variables, ...script.variables]
    return yield* lineageOfScript({ ...script, variables }, tracing, depth + 1)
  }
  const parsed = tracing.unparsed.has(tracing.position) ? notTried : parseStatement(text, dialect)
  if (!parsed.statements) {
    tracing.position++
    return yield isAdministration(text.tokens) ? nothingMoved(text) : byTokens(text, session, parsed.failure)
  }
  for (const statement of parsed.statements) {
    const said = textOf(text, statement, session)
    if (said !== null && text.assigns === undefined && depth < deepest)
      yield* withoutUnknown(lineageOfScript(iterating(splitScript(said, dialect), text), tracing, depth + 1))
    else {
      tracing.position++
      yield resolvedOrTold(text, { statement, sql: parsed.sql }, session)
      if (text.assigns !== undefined) session.setVariable(text.assigns, said, session.rowOf(text.assigns) ?? undefined)
    }
  }
}

const notTried = failed('The statement breaks the parser')

/** Some thousand CTEs, each made of the one before, are deeper than the stack: the tables are left to say. */
function resolvedOrTold(
  text: StatementText,
  { statement, sql }: { statement: Statement; sql: string },
  session: Session,
): StatementLineage {
  try {
    const resolved = resolveStatement(statement, session, sql)
    const lineage = described(text, resolved)
    const held = text.iterates ?? (text.assigns === undefined ? null : [text.assigns])
    if (held) session.setRow(held, resolved.result)
    return lineage
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return byTokens(text, session, failed('The statement is nested too deeply').failure)
  }
}

/** What a loop goes through is what its last statement gives. */
const iterating = ({ statements, variables }: Script, { iterates }: StatementText): Script => ({
  statements: iterates
    ? statements.map((one, index) => (index === statements.length - 1 ? { ...one, iterates } : one))
    : statements,
  variables,
})

/** The script that a statement executes, or the text that it assigns, as far as it is known. */
function textOf({ isDynamic, assigns }: StatementText, statement: Statement, session: Session): string | null {
  if (!isDynamic && assigns === undefined && !statement.Execute?.immediate) return null
  const [item] = statement.Query?.body.Select?.projection ?? []
  return dynamicText(item?.UnnamedExpr ?? statement.Execute?.parameters[0], session.variable)
}

/** A name that is only known when it runs says nothing. */
function* withoutUnknown(statements: Traced): Traced {
  const isKnown = (table: string | null) => !table?.includes(unknownPart)
  for (const statement of statements)
    yield {
      ...statement,
      sources: statement.sources.filter(isKnown),
      targets: statement.targets.filter(isKnown),
      columns: statement.columns.filter(({ source, target }) => isKnown(source.table) && isKnown(target.table)),
    }
}

const nothingMoved = ({ text, start }: StatementText): StatementLineage => ({
  sql: text,
  start,
  sources: [],
  targets: [],
  columns: [],
  indirect: [],
  moved: [],
  swapped: false,
  failure: null,
})

function byTokens(text: StatementText, session: Session, failure: ParseFailure): StatementLineage {
  const { reads, writes } = tablesByTokens(text.tokens, session.dialect)
  const named = (parts: string[]) =>
    session.table(parts.map((value) => ({ Identifier: { value, quote_style: '"' } }))).name
  const lineage = { columns: [], indirect: [], moved: [], swapped: false, failure }
  return {
    sql: text.text,
    start: text.start,
    sources: distinct(reads.map(named)),
    targets: distinct(writes.map(named)),
    ...lineage,
  }
}

const distinct = (names: readonly string[]): string[] => [
  ...new Map(names.map((name) => [name.toLowerCase(), name])).values(),
]

function described(text: StatementText, resolved: Resolved): StatementLineage {
  const { session, reads, flows, indirect, moved, swapped } = resolved
  const columns = distinctEdges([
    ...flows.flatMap(({ table, columns: into, stars }) => edgesInto(table, { columns: into, stars })),
    ...edgesInto(null, labelled(resolved.result, session.dialect)),
  ])
  const used = [...columns.map(({ source }) => source.table), ...indirect.map(({ table }) => table)]
  const inLoops = session.rowTables()
  return {
    sql: text.text,
    start: text.start,
    sources: distinct([...reads.values(), ...used.filter((table) => inLoops.has(table.toLowerCase()))]),
    targets: distinct(flows.map(({ table }) => table)),
    columns,
    indirect,
    moved,
    swapped,
    failure: null,
  }
}

/** BigQuery labels what a query gives without a name `f0_`, `f1_`; within a query it has none. */
function labelled({ columns, ...rows }: Rows, dialect: SqlDialect): Rows {
  let next = 0
  const label = (column: Column): Column => (column.unnamed ? { ...column, name: `f${next++}_` } : column)
  return { ...rows, columns: dialect === 'bigquery' ? columns.map(label) : columns }
}

function edgesInto(table: string | null, { columns, stars }: Pick<Rows, 'columns' | 'stars'>): ColumnEdge[] {
  const values = columns.flatMap(({ name, provenance, unnamed = false }) =>
    provenance.origins.map((origin) => edge(origin, { table, column: name, unnamed })),
  )
  return [...values, ...stars.map((origin) => edge(origin, { table, column: '*', unnamed: false }))]
}

const edge = ({ table, column, certainty }: Origin, target: ColumnEdge['target']): ColumnEdge => ({
  source: { table, column },
  target,
  certainty,
})

const distinctEdges = (edges: readonly ColumnEdge[]): ColumnEdge[] => [
  ...new Map(edges.map((one) => [JSON.stringify([one.source, one.target.table, one.target.column]), one])).values(),
]

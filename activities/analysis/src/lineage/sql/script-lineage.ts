import type { SqlDialect } from './dialect.ts'
import { parseStatement, type ParseFailure } from './parse-statement.ts'
import type { Certainty, Origin } from './provenance.ts'
import type { Rows } from './relation.ts'
import { createSession, type Session } from './session.ts'
import { routineBody, splitScript, type StatementText } from './split-script.ts'
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
export function scriptLineage(sql: string, dialect: SqlDialect, schema: TableSchema): StatementLineage[] {
  const session = createSession(dialect, schema)
  return splitScript(sql, dialect).flatMap((statement) => lineageOf(statement, session, 0))
}

function lineageOf(text: StatementText, session: Session, depth: number): StatementLineage[] {
  const { dialect } = session
  const body = depth < deepest ? routineBody(text) : null
  if (body !== null) return splitScript(body, dialect, true).flatMap((part) => lineageOf(part, session, depth + 1))
  const parsed = parseStatement(text, dialect)
  if (!parsed.statements) return [byTokens(text, session, parsed.failure)]
  return parsed.statements.flatMap((statement) => {
    const inner = innerScript(statement)
    if (inner !== null && depth < deepest)
      return splitScript(inner, dialect).flatMap((part) => lineageOf(part, session, depth + 1))
    return [resolvedOrTold(text, statement, session)]
  })
}

/** Some thousand CTEs, each made of the one before, are deeper than the stack: the tables are left to say. */
function resolvedOrTold(text: StatementText, statement: Statement, session: Session): StatementLineage {
  try {
    return described(text, resolveStatement(statement, session))
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return byTokens(text, session, { message: 'The statement is nested too deeply', line: null, column: null })
  }
}

/** `EXECUTE IMMEDIATE 'SELECT …'`: SQL in a literal. */
function innerScript({ Execute: execute }: Statement): string | null {
  if (!execute?.immediate) return null
  const text: unknown = JSON.parse(
    /QuotedString":(?:\{"value":)?("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(execute.parameters[0]) ?? '')?.[1] ?? 'null',
  )
  return typeof text === 'string' ? text : null
}

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
  const { reads, flows, indirect, moved, swapped } = resolved
  return {
    sql: text.text,
    start: text.start,
    sources: [...reads.values()],
    targets: distinct(flows.map(({ table }) => table)),
    columns: distinctEdges([
      ...flows.flatMap(({ table, columns, stars }) => edgesInto(table, { columns, stars })),
      ...edgesInto(null, resolved.result),
    ]),
    indirect,
    moved,
    swapped,
    failure: null,
  }
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

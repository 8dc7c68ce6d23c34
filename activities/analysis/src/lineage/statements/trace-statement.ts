import type { SqlDialect } from '../sql/dialect.ts'
import type { StatementLineage } from '../sql/script-lineage.ts'
import type { TableColumns } from '../sql/table-schema.ts'
import { writtenFlows, type WrittenScript } from './written-flow.ts'

/** Counts up when the resolver finds something else in the same statement: what was kept of it is then traced anew. */
export const lineageResolverVersion = 5

/** What the tracing of statements needs of a parser. */
export interface StatementParser {
  lineageOf(
    sql: string,
    dialect: SqlDialect,
    schema: TableColumns,
  ): Promise<{ statements: StatementLineage[]; gaveUp: { reason: string; message: string } | null }>
}

export interface TracedStatement extends WrittenScript {
  /** Why it was left before its end. */
  gaveUp: string | null
}

/**
 * The body of a routine of PostgreSQL, also one that is kept as a tree (`BEGIN ATOMIC`), is a script of its own; everything else is what it
 * is.
 */
export const scriptOf = ({ origin, text }: { origin: string; text: string }, dialect: SqlDialect): string =>
  origin === 'function' && dialect === 'postgres'
    ? `DO $plumbline$${text.replace(/^\s*BEGIN\s+ATOMIC\b/i, 'BEGIN')}$plumbline$`
    : text

/** Every name that a statement gives a table, whatever the catalog has. */
export async function namesIn(parser: StatementParser, script: string, dialect: SqlDialect): Promise<string[]> {
  const { statements } = await parser.lineageOf(script, dialect, {})
  return [...new Set(statements.flatMap(({ sources, targets }) => [...sources, ...targets]))].toSorted()
}

/** @param schema the columns of the tables by the names that the statement gives them */
export async function traceStatement(
  parser: StatementParser,
  script: string,
  dialect: SqlDialect,
  schema: TableColumns,
): Promise<TracedStatement> {
  const { statements, gaveUp } = await parser.lineageOf(script, dialect, schema)
  return { ...writtenFlows(statements), gaveUp: gaveUp?.message ?? null }
}

/** A `TracedStatement` that was kept as JSON; only ever what `traceStatement` gave. */
export const readTracedStatement = (json: string): TracedStatement => JSON.parse(json)

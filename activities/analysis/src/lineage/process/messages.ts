import type { SqlVerdict } from '../../metrics/sql-verdict.ts'
import type { SqlDialect } from '../sql/dialect.ts'
import type { StatementLineage } from '../sql/script-lineage.ts'
import type { TableColumns } from '../sql/table-schema.ts'

/** What a process is asked. A schema is sent with the first script that needs it and known by its number from then on. */
export interface TraceRequest {
  sql: string
  dialect: SqlDialect
  schema: number
  tables?: TableColumns
  /** The number of a schema that is not needed any more. */
  forget?: number
  /** Positions in the answer of statements that are told by their words, because they broke a parser before. */
  unparsed: readonly number[]
}

/** A query that is judged, not traced. */
export interface CheckRequest {
  check: string
  dialect: SqlDialect
}

export type ParserRequest = TraceRequest | CheckRequest

/** What it answers: statements as far as they are traced, and last of all how it ended. */
export type ParserMessage =
  | { kind: 'ready' }
  | { kind: 'checked'; verdict: SqlVerdict }
  | { kind: 'part'; statements: StatementLineage[] }
  | { kind: 'traced'; statements: StatementLineage[] }
  /** The parser's memory is damaged, by the statement at this position. */
  | { kind: 'broken'; at: number }

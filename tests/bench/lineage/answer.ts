import { endToEnd, scriptLineage, type ColumnEdge, type TableSchema } from '@plumbline/analysis'
import type { Answer, LineageCase } from './cases.ts'

/** The answer to a case: of a script as a whole, named columns and only edges that are one table's for sure. */
export function answerOf({ id, dialect, sql }: LineageCase, schema: TableSchema): Answer {
  const statements = scriptLineage(sql, dialect, schema)
  const { sources, targets, columns } = endToEnd(statements)
  const certain = columns.filter(
    ({ source, target, certainty }) => certainty !== 'ambiguous' && source.column !== '*' && target.column !== '*',
  )
  const failure = statements.find((statement) => statement.failure)?.failure
  return {
    id,
    tables: { sources, targets },
    columns: certain.map(({ source, target }) => [`${source.table}.${source.column}`, named(target)]),
    ...(failure ? { error: failure.message } : {}),
  }
}

/** What has no name is told as such, also where the database makes one up. */
function named({ table, column, unnamed }: ColumnEdge['target']): string {
  const name = unnamed && !column.startsWith('~') ? `~expr_${column}` : column
  return table === null ? name : `${table}.${name}`
}

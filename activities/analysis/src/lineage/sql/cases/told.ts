import type { SqlDialect } from '../dialect.ts'
import { endToEnd } from '../end-to-end.ts'
import { scriptLineage } from '../script-lineage.ts'
import { createTableSchema } from '../table-schema.ts'
import type { SqlCase } from './read-cases.ts'

/** In the notation of the cases; edges that may be of another table, and those of tables whose columns are not known, are left out. */
export function told(dialect: SqlDialect, { sql, schema }: SqlCase) {
  const statements = scriptLineage(sql, dialect, createTableSchema(schema))
  const { sources, targets, columns } = endToEnd(statements)
  const stated = columns.filter(
    ({ source, target, certainty }) => certainty !== 'ambiguous' && source.column !== '*' && target.column !== '*',
  )
  const named = stated.map(({ source, target: { table, column, unnamed } }) => {
    const to = table === null ? (unnamed ? '~' : column) : `${table}.${column}`
    return withoutBlanks(`${source.table}.${source.column}=${to}`)
  })
  const list = (tables: string[]) => tables.map(withoutBlanks).toSorted().join(' ')
  return {
    tables: `${list(sources)} > ${list(targets)}`.trim(),
    columns: [...new Set(named)].toSorted(),
    failure: statements.find(({ failure }) => failure)?.failure ?? null,
  }
}

const withoutBlanks = (name: string): string => name.replaceAll(' ', '_')

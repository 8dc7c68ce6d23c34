import { beforeAll, describe, expect, test } from 'vitest'
import { endToEnd } from '../end-to-end.ts'
import { loadParser } from '../parse-statement.ts'
import { scriptLineage } from '../script-lineage.ts'
import { createTableSchema } from '../table-schema.ts'
import { readCases, type SqlCase } from './read-cases.ts'

beforeAll(loadParser)

/** In the notation of the cases; edges that may be of another table, and those of tables whose columns are not known, are left out. */
function told(dialect: 'postgres' | 'snowflake' | 'bigquery', { sql, schema }: SqlCase) {
  const statements = scriptLineage(sql, dialect, createTableSchema(schema))
  const { sources, targets, columns } = endToEnd(statements)
  const stated = columns.filter(
    ({ source, target, certainty }) => certainty !== 'ambiguous' && source.column !== '*' && target.column !== '*',
  )
  const named = stated.map(({ source, target: { table, column, unnamed } }) => {
    const to = table === null ? (unnamed ? '~' : column) : `${table}.${column}`
    return `${source.table}.${source.column}=${to}`.replaceAll(' ', '_')
  })
  return {
    tables: `${sources.toSorted().join(' ')} > ${targets.toSorted().join(' ')}`.trim(),
    columns: [...new Set(named)].toSorted(),
    failure: statements.find(({ failure }) => failure)?.failure ?? null,
  }
}

describe.each(['postgres', 'snowflake', 'bigquery'] as const)('%s', (dialect) => {
  test.each([...readCases(`${dialect}-queries.sql`), ...readCases(`${dialect}-statements.sql`)])('$sql', (one) => {
    const answer = told(dialect, one)
    expect(answer).toEqual({ tables: one.tables, columns: one.columns ?? answer.columns, failure: null })
  })
})

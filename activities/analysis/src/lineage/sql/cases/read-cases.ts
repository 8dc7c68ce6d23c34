import { readdirSync, readFileSync } from 'node:fs'
import type { SqlDialect } from '../dialect.ts'
import type { TableColumns } from '../table-schema.ts'

/** A statement or a script, and what it is to give. */
export interface SqlCase {
  sql: string
  /** `sources > targets`, sorted. */
  tables: string
  /** `table.column=table.column`, or only the name where a query gives a column, `~` where that has none; null: not stated. */
  columns: string[] | null
  schema: TableColumns
}

/**
 * The cases of a file: `-- sources > targets : columns  with table(columns)` above each statement, and an empty line below it. `?` as
 * columns leaves them open.
 */
const readCases = (file: string): SqlCase[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n\n')
    .map((block) => {
      const [head = '', ...lines] = block.split('\n')
      const [expected = '', schema = ''] = head.slice(3).split('  with ')
      const [tables = '', columns = ''] = expected.split(' : ')
      return {
        sql: lines.join('\n'),
        tables: tables.trim(),
        columns: columns === '?' ? null : columns.split(' ').filter((column) => column !== ''),
        schema: Object.fromEntries(
          [...schema.matchAll(/(\S+?)\(([^)]*)\)/g)].map(([, table = '', names = '']) => [table, names.split(' ')]),
        ),
      }
    })

/** Every case of a dialect. */
export const casesOf = (dialect: SqlDialect): SqlCase[] =>
  readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.startsWith(`${dialect}-`))
    .flatMap(readCases)

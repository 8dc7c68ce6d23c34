import { foldIdentifier, type SqlDialect } from './dialect.ts'
import type { Origin } from './provenance.ts'
import { closed, type Rows } from './relation.ts'
import type { TableSchema } from './table-schema.ts'
import type { ObjectName } from './tree.ts'

/** What a script has set up so far: its context, its variables, and the tables it has created. */
export interface Session {
  readonly dialect: SqlDialect
  /** The table that a name means here. */
  table(name: ObjectName): NamedTable
  /** A table exists from here on with these columns; null: its columns are not known. */
  define(table: string, columns: readonly string[] | null): void
  /** @returns what was known of its columns */
  forget(table: string): void
  rename(from: string, to: string): void
  /** `USE`: what is put before names that are less qualified. */
  use(context: Context): void
  /** `SET`, `DECLARE`: its text, where that is known, and its value as a row of one column, where an expression gives it. */
  setVariable(name: string, text: string | null, value?: Rows): void
  /** The text of a variable, where it is known. */
  variable: (name: string) => string | null
  /** Whether a bare name means a variable; in Snowflake a mark before it says so. */
  hasVariable(name: string): boolean
  /** Variables that hold what a query gives: one is a row of it, several are its columns. */
  setRow(names: readonly string[], rows: Rows): void
  /** What a variable holds; null of one that no query gave a value. */
  rowOf(name: string): Rows | null
  /** The tables that variables come from, in lower case. */
  rowTables(): ReadonlySet<string>
}

export interface Context {
  database?: string | undefined
  schema?: string | undefined
}

export interface NamedTable {
  name: string
  /** As written, for references that repeat it. */
  path: readonly string[]
  columns: readonly string[] | null
}

export function createSession(dialect: SqlDialect, schema: TableSchema): Session {
  const created = new Map<string, readonly string[] | null>()
  const variables = new Map<string, string | null>()
  const rows = new Map<string, Rows>()
  let context: Context = {}
  const key = (table: string) => table.toLowerCase()

  return {
    dialect,
    table(name) {
      const path = partsOf(dialect, name, (variable) => variables.get(key(variable)) ?? null)
      const written = path.join('.')
      const qualified = qualify(path, context)
      for (const candidate of [qualified.join('.'), written]) {
        const columns = created.get(key(candidate))
        if (columns !== undefined) return { name: candidate, path, columns }
      }
      const known = schema.find(qualified) ?? schema.find(path)
      if (!known) return { name: qualified.join('.'), path, columns: null }
      const longer = known.parts.length >= qualified.length
      return { name: longer ? known.name : qualified.join('.'), path, columns: known.columns }
    },
    define: (table, columns) => void created.set(key(table), columns),
    forget: (table) => void created.delete(key(table)),
    rename(from, to) {
      created.set(key(to), created.get(key(from)) ?? null)
      created.delete(key(from))
    },
    use: (next) => void (context = next.database === undefined ? { ...context, ...next } : next),
    setVariable(name, text, value) {
      variables.set(key(name), text)
      if (value) rows.set(key(name), value)
      else rows.delete(key(name))
    },
    variable: (name) => variables.get(key(name)) ?? null,
    hasVariable: (name) => dialect !== 'snowflake' && variables.has(key(name)),
    setRow(names, found) {
      const given = withoutWrapping(found)
      for (const [index, name] of names.entries()) {
        const column = index < given.certain ? given.columns[index] : undefined
        rows.set(key(name), names.length === 1 ? given : closed(column ? [column] : []))
      }
    },
    rowOf: (name) => rows.get(key(name)) ?? null,
    rowTables: () => new Set([...rows.values()].flatMap((found) => originsOf(found).map(({ table }) => key(table)))),
  }
}

/** A row that is one structure, as that of a cursor, is its fields. */
function withoutWrapping(rows: Rows): Rows {
  const [only] = rows.columns
  const { fields, open = null, origins } = only?.provenance ?? { origins: [] }
  if (!fields || rows.columns.length > 1 || rows.stars.length > 0) return rows
  const columns = [...fields].map(([name, provenance]) => ({ name, provenance }))
  return { columns, open, stars: open ? origins : [], certain: columns.length }
}

const originsOf = ({ columns, stars }: Rows): readonly Origin[] => [
  ...columns.flatMap(({ provenance }) => provenance.origins),
  ...stars,
]

/** A schema completes a bare name, a database one with its schema. */
function qualify(path: readonly string[], { database, schema }: Context): readonly string[] {
  if (path[0]?.startsWith('@')) return path
  if (path.length === 1 && schema !== undefined)
    return database === undefined ? [schema, ...path] : [database, schema, ...path]
  return path.length === 2 && database !== undefined ? [database, ...path] : path
}

/** Lifts the parts out of a name; `IDENTIFIER('a.b')` and `IDENTIFIER($v)` are the name in their text. */
export function partsOf(
  dialect: SqlDialect,
  name: ObjectName,
  variable: (name: string) => string | null = () => null,
): string[] {
  const parts = name.flatMap((part): string[] => {
    if ('Identifier' in part) return [foldIdentifier(dialect, part.Identifier)]
    const text = JSON.stringify(part.Function.args)
    const literal = /"(?:Single|Double)QuotedString":"([^"]*)"/.exec(text)?.[1]
    const placeholder = /"Placeholder":"[$:]([^"]*)"/.exec(text)?.[1]
    const value = literal ?? (placeholder === undefined ? null : variable(placeholder))
    return (value ?? `identifier(${placeholder ?? '?'})`).replaceAll(/["`]/g, '').split('.')
  })
  if (dialect !== 'bigquery') return parts
  // BigQuery: one pair of backticks may hold the whole name; a decorator names a partition or a time of the table.
  return parts
    .flatMap((part) => part.split('.'))
    .map((part, index, all) => (index === all.length - 1 ? part.replace(/[$@].*$/, '') : part))
}

export const rowsOfTable = (table: string, columns: readonly string[] | null): Rows =>
  columns
    ? closed(
        columns.map((name) => ({ name, provenance: { origins: [{ table, column: name, certainty: 'resolved' }] } })),
      )
    : {
        columns: [],
        open: (name) => ({ origins: [{ table, column: name, certainty: 'inferred' }] }),
        stars: [{ table, column: '*', certainty: 'inferred' }],
        certain: 0,
      }

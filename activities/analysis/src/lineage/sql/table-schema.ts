/** The columns of tables by the full names of these, as `database.schema.table`. */
export type TableColumns = Readonly<Record<string, readonly string[]>>

export interface KnownTable {
  name: string
  /** Lower case. */
  parts: readonly string[]
  columns: readonly string[]
}

/** Finds tables by names that are more or less qualified than theirs. */
export interface TableSchema {
  find(parts: readonly string[]): KnownTable | null
}

/** @param tables is read once: a schema serves as many statements as one likes */
export function createTableSchema(tables: TableColumns): TableSchema {
  const byLast = new Map<string, KnownTable[]>()
  for (const [name, columns] of Object.entries(tables)) {
    const parts = name.toLowerCase().split('.')
    const last = parts.at(-1) ?? ''
    const known = byLast.get(last)
    const table = { name, parts, columns }
    if (known) known.push(table)
    else byLast.set(last, [table])
  }
  return {
    find(written) {
      const parts = written.flatMap((part) => part.toLowerCase().split('.'))
      const last = parts.at(-1) ?? ''
      if (last.endsWith('*')) return firstOfWildcard(byLast, parts.slice(0, -1), last.slice(0, -1))
      const candidates = (byLast.get(last) ?? []).filter((table) => endAlike(table.parts, parts))
      const exact = candidates.find((table) => table.parts.length === parts.length)
      return exact ?? (candidates.length === 1 ? (candidates[0] ?? null) : null)
    },
  }
}

/** The tables of a wildcard have one layout (BigQuery takes the latest one's); any of them tells it. */
function firstOfWildcard(byLast: ReadonlyMap<string, KnownTable[]>, qualifier: readonly string[], prefix: string) {
  for (const [last, tables] of byLast) {
    if (!last.startsWith(prefix)) continue
    const table = tables.find(({ parts }) => endAlike(parts.slice(0, -1), qualifier))
    // The name stays that of the wildcard: which of the tables are read is decided by the filter.
    if (table) return { ...table, name: '', parts: [] }
  }
  return null
}

/** Whether one name is the end of the other. */
const endAlike = (one: readonly string[], other: readonly string[]): boolean => {
  const length = Math.min(one.length, other.length)
  for (let back = 1; back <= length; back++) if (one.at(-back) !== other.at(-back)) return false
  return true
}

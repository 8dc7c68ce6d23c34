import type { ColumnEdge, StatementLineage } from './script-lineage.ts'

export interface EndToEnd {
  sources: string[]
  targets: string[]
  columns: ColumnEdge[]
}

/** What a script does as a whole: from tables it does not write to tables it does not read, through those it does both with. */
export function endToEnd(statements: readonly StatementLineage[]): EndToEnd {
  const tables = afterMoves(statements)
  const flowing = statements.filter(({ sources, targets }) => sources.length + targets.length > 0)
  const [only] = flowing
  if (only && flowing.length === 1) return only
  const read = new Set(tables.flatMap(({ sources }) => sources.map(key)))
  const written = new Set(tables.flatMap(({ targets }) => targets.map(key)))
  const gone = goneAfter(tables)
  const columns = through(tables, (table) => read.has(key(table)) || gone.has(key(table)))
  // Beside statements that write, a query is a check or a condition, and nobody keeps what it gives.
  return {
    sources: unique(tables.flatMap(({ sources }) => sources)).filter(
      (table) => !written.has(key(table)) && !gone.has(key(table)),
    ),
    targets: unique(tables.flatMap(({ targets }) => targets)).filter(
      (table) => !read.has(key(table)) && !gone.has(key(table)),
    ),
    columns: written.size > 0 ? columns.filter(({ target }) => target.table !== null) : columns,
  }
}

const key = (name: string): string => name.toLowerCase()
const unique = (names: readonly string[]): string[] => [...new Map(names.map((name) => [key(name), name])).values()]

interface Part {
  sources: string[]
  targets: string[]
  columns: ColumnEdge[]
  dropped: string[]
}

/** A table that is renamed later has the later name from the start; the renaming itself moves nothing. */
function afterMoves(statements: readonly StatementLineage[]): Part[] {
  return statements.map(({ sources, targets, columns, moved }, index) => {
    const later = statements.slice(index + 1)
    // Two tables that are swapped change names at once.
    const name = (table: string) =>
      later.reduce(
        (current, { moved: moves }) => moves.find(({ from }) => key(from) === key(current))?.to ?? current,
        table,
      )
    const renaming = moved.some(({ to }) => to !== null)
    return {
      sources: renaming ? [] : sources.map(name),
      targets: renaming ? [] : targets.map(name),
      columns: columns.map(({ source, target, ...rest }) => ({
        ...rest,
        source: { ...source, table: name(source.table) },
        target: { ...target, table: target.table === null ? null : name(target.table) },
      })),
      dropped: moved.flatMap(({ from, to }) => (to === null ? [from] : [])),
    }
  })
}

/** What is dropped and not made again. */
function goneAfter(parts: readonly Part[]): ReadonlySet<string> {
  const gone = new Set<string>()
  for (const { targets, dropped } of parts) {
    for (const table of targets) gone.delete(key(table))
    for (const table of dropped) gone.add(key(table))
  }
  return gone
}

/** Follows each edge back to where it begins, over what was written before. */
function through(parts: readonly Part[], isBetween: (table: string) => boolean): ColumnEdge[] {
  const into = new Map<string, ColumnEdge[]>()
  const ends: ColumnEdge[] = []
  for (const { columns } of parts) {
    const followed = columns.flatMap((edge) => origins(edge, into))
    for (const edge of followed) {
      const { table, column } = edge.target
      if (table === null || !isBetween(table)) ends.push(edge)
      if (table === null) continue
      const name = `${key(table)}\u0000${key(column)}`
      into.set(name, [...(into.get(name) ?? []), edge])
    }
  }
  return [...new Map(ends.map((edge) => [JSON.stringify([edge.source, edge.target]).toLowerCase(), edge])).values()]
}

function origins(edge: ColumnEdge, into: ReadonlyMap<string, readonly ColumnEdge[]>): ColumnEdge[] {
  const { table, column } = edge.source
  const before = into.get(`${key(table)}\u0000${key(column)}`)
  if (before) return before.map(({ source, certainty }) => ({ ...edge, source, certainty }))
  // All columns of a table flowed in before: this one with them.
  const star = into.get(`${key(table)}\u0000*`)
  return star ? star.map(({ source }) => ({ ...edge, source: { table: source.table, column } })) : [edge]
}

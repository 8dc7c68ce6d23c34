import { asAmbiguous, eitherOf, type Origin, type Provenance } from './provenance.ts'

export interface Column {
  /** As written, folded by the dialect. */
  name: string
  provenance: Provenance
  /** Named by nobody: `sum(x)` without an alias. What it is called differs by dialect. */
  unnamed?: boolean
}

/** The columns of a table or a query. */
export interface Rows {
  columns: readonly Column[]
  /** Finds further columns by name where a table's columns are not known; null where all are. */
  open: ((name: string) => Provenance | null) | null
  /** The tables whose columns are not known, as `table.*`. */
  stars: readonly Origin[]
  /** How many columns come before those that are not known: only these have a known position. */
  certain: number
  /** `SELECT AS STRUCT`: as a value, one structure also where it has one column. */
  structure?: boolean
}

/** Something in a FROM clause. */
export interface Relation extends Rows {
  /** How it is called here; null when only its columns can be named. */
  alias: string | null
  /** The table itself, where it is one. */
  table?: string
  /** The name of the table in parts, for `schema.table.column`. */
  path?: readonly string[]
  /** What the alias itself is when it is a value: an element of `UNNEST`, a row. */
  value?: Provenance
  /** Its open columns are fields of a value, and only thought of when no table can have them. */
  weak?: boolean
}

export const closed = (columns: readonly Column[]): Rows => ({
  columns,
  open: null,
  stars: [],
  certain: columns.length,
})

export const findColumn = (rows: Rows, name: string): Column | undefined => {
  const key = name.toLowerCase()
  // Two columns may differ only in case where they are quoted: the exact one first.
  return (
    rows.columns.find((column) => column.name === name) ??
    rows.columns.find((column) => column.name.toLowerCase() === key)
  )
}

/** A column by name, also one that is only inferred. */
export const columnOf = (rows: Rows, name: string): Provenance | null =>
  findColumn(rows, name)?.provenance ?? rows.open?.(name) ?? null

/** Columns by position get the names of an alias list. */
export function renamed(rows: Rows, names: readonly string[]): Rows {
  if (names.length === 0) return rows
  const columns = names.map((name, index): Column => {
    const column = index < rows.certain ? rows.columns[index] : undefined
    return { name, provenance: column?.provenance ?? starOf(rows) }
  })
  const rest = names.length < rows.certain ? rows.columns.slice(names.length) : []
  return { ...rows, columns: [...columns, ...rest], open: null, stars: [], certain: columns.length + rest.length }
}

/** A column whose position is behind those of a table that is not known: one of that table. */
const starOf = ({ stars }: Rows): Provenance => ({ origins: stars })

/** UNION, INTERSECT, EXCEPT: by position, by name where positions are not known. */
export function unionOf(left: Rows, right: Rows, byName: boolean): Rows {
  const matched = left.columns.map((column, index): Column => {
    const positional = !byName && index < left.certain && index < right.certain
    const other = positional ? right.columns[index]?.provenance : columnOf(right, column.name)
    return other ? { ...column, provenance: eitherOf([column.provenance, other]) } : column
  })
  const added = left.open || byName ? right.columns.filter((column) => !findColumn(left, column.name)) : []
  const open =
    left.open || right.open
      ? (name: string) => {
          const parts = [left, right].flatMap((side) => columnOf(side, name) ?? [])
          return parts.length > 0 ? eitherOf(parts) : null
        }
      : null
  const columns = [...matched, ...added.map((column) => ({ ...column, provenance: withOther(left, column) }))]
  const stars = [...left.stars, ...right.stars]
  return { columns, open, stars, certain: open ? Math.min(left.certain, right.certain) : columns.length }
}

function withOther(rows: Rows, { name, provenance }: Column): Provenance {
  const other = rows.open?.(name)
  return other ? eitherOf([other, provenance]) : provenance
}

/** A column that several relations may have. */
export function oneOf(parts: readonly Provenance[]): Provenance | null {
  const [first] = parts
  if (!first) return null
  return parts.length === 1 ? first : asAmbiguous(parts)
}

import type { ItemText } from './item-text.ts'
import type { Origin, Provenance } from './provenance.ts'
import type { Rows } from './relation.ts'
import type { Scope } from './scope.ts'
import type { Session } from './session.ts'
import type { Query, Statement } from './tree.ts'

/** One statement being resolved: what it has read and written so far, and the way into its nested queries. */
export interface Resolution {
  session: Session
  /** Tables by lower-case name, in the order they are met. */
  reads: Map<string, string>
  /** What decides rows and not values: filters, joins, groups. */
  indirect: Origin[]
  flows: Flow[]
  itemText: ItemText
  query(query: Query, outer: Scope): Rows
  /** A statement within a query: `WITH x AS (INSERT … RETURNING …)`. */
  statement(statement: Statement, outer: Scope): Rows
}

/** What is written into a table. */
export interface Flow {
  table: string
  columns: { name: string; provenance: Provenance; unnamed?: boolean }[]
  /** Tables all of whose columns flow, though none is known. */
  stars: readonly Origin[]
}

export const noteRead = (resolution: Resolution, table: string): void => {
  const key = table.toLowerCase()
  if (!resolution.reads.has(key)) resolution.reads.set(key, table)
}

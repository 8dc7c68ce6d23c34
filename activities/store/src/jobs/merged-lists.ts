import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { sortKeys, type JobPageRequest, type PageKey } from './page-order.ts'

/** Lists of jobs of which each lies in an index in the order of the page. */
export interface OrderedLists {
  /** What the table below is called. */
  name: 'kind' | 'place'
  /** One row a list. */
  table: RawBuilder<unknown>
  /** Which tell one list from another. */
  columns: readonly string[]
  /** Of the lists; some may be empty. */
  count: number
  /** Whether hardly any of their rows are passed over. */
  dense: boolean
}

/** Rows that cost less to read than finding out which of them need not be: some tenths of a millisecond. */
const readAtOnce = 2_000

/** Rows that are looked at in all lists together for each of the page, to know where the page ends at the latest. */
const aheadOfPage = 4

/**
 * The page of all lists together. The first few rows of each tell which lists have any and where the page ends at the latest, so that no
 * list is read beyond: a page costs some microseconds a list.
 * @param firstOf the first so many rows of a list that are within a bound, from its index
 */
export function mergedLists<Row extends PageKey>(
  { name, table, columns, count, dense }: OrderedLists,
  page: JobPageRequest,
  firstOf: (limit: number, bound: RawBuilder<SqlBool>) => RawBuilder<unknown>,
): RawBuilder<Row> {
  const order = sql.raw(page.order)
  const listed = sql.join(columns.map((column) => sql.ref(`${name}.${column}`)))
  const merged = sql`order by first.key ${order}, first.id ${order} limit ${page.limit}`
  const head = Math.ceil((aheadOfPage * page.limit) / count)
  if (head >= page.limit || (dense && count * page.limit <= readAtOnce)) {
    const whole = firstOf(page.limit, sql<SqlBool>`true`)
    return sql<Row>`select first.* from ${table} ${sql.ref(name)} cross join lateral (${whole}) first ${merged}`
  }
  const key = sortKeys[page.sort]
  // Jobs that share the last key are within it: the planner ends a scan at a key, but not at one with an id beside a time's begin.
  const notBeyond = sql<SqlBool>`${key} ${page.order === 'asc' ? sql`<=` : sql`>=`}
    coalesce((select key from last), ${endOfOrder[page.sort][page.order]})`
  return sql<Row>`
    with head as materialized (
      select ${listed}, first.key from ${table} ${sql.ref(name)}
      cross join lateral (${firstOf(head, sql<SqlBool>`true`)}) first
    ), last as materialized (
      select key from head order by key ${order} limit 1 offset ${page.limit - 1}
    )
    select first.* from (select distinct ${sql.join(columns.map((column) => sql.ref(column)))} from head) ${sql.ref(name)}
    cross join lateral (${firstOf(page.limit, notBeyond)}) first ${merged}`
}

/** What no job's key lies beyond. */
const endOfOrder = {
  createdAt: { asc: sql`'infinity'::timestamptz`, desc: sql`'-infinity'::timestamptz` },
  durationMs: { asc: sql`9223372036854775807`, desc: sql`-1::bigint` },
} as const

import type { NamedRelation } from '../source-fingerprint.ts'

/** A relation as a list of tables tells it. */
export interface ListedRelation extends NamedRelation {
  /** `TABLE`, `VIEW`, `MATERIALIZED_VIEW`, `EXTERNAL`, `SNAPSHOT`, … */
  type: string
  /** Of a table that is cut into one a day: their names, oldest first. */
  shards: readonly string[] | null
}

/** A name that ends with a day, as `events_20240131`. */
const shardName = /^(.+[^0-9])(\d{4})(\d{2})(\d{2})$/

/** `events_` of `events_20240131`; null where it ends with no day. */
export function shardPrefix(name: string): string | null {
  const [, prefix, year, month, day] = shardName.exec(name) ?? []
  if (prefix === undefined) return null
  const text = `${year}-${month}-${day}`
  const date = new Date(`${text}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  return isDay && Number(year) >= 1970 ? prefix : null
}

/**
 * Tables that are one a day count as one, under the name by which BigQuery reads all of them: `events_*`. One alone stays what it is.
 */
export function foldShards(relations: readonly ListedRelation[]): ListedRelation[] {
  const families = Map.groupBy(relations, ({ schema, name, type }) => {
    const prefix = type === 'TABLE' ? shardPrefix(name) : null
    return prefix === null ? null : JSON.stringify([schema, prefix])
  })
  const single = families.get(null) ?? []
  families.delete(null)
  return [
    ...single,
    ...families.values().flatMap((family) => {
      const [first] = family
      const prefix = first && shardPrefix(first.name)
      if (!first || !prefix || family.length === 1) return family
      const shards = family.map(({ name }) => name).toSorted()
      const created = Math.min(...family.map((one) => one.created))
      return [{ schema: first.schema, name: `${prefix}*`, created, type: 'TABLE', shards }]
    }),
  ]
}

/** The table to ask about a relation: of shards the newest, which has the columns of today. */
export const askedTable = ({ name, shards }: Pick<ListedRelation, 'name' | 'shards'>): string => shards?.at(-1) ?? name

/** Whether a relation stands for shards. No table has this sign in its name. */
export const isSharded = (name: string): boolean => name.endsWith('*')

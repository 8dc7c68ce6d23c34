import { z } from 'zod'
import { relationKey, type RelationRow } from './catalog-rows.ts'
import type { SnowflakeLink } from './link.ts'
import { showObjects, type Place } from './show.ts'

/** A row of `SHOW STREAMS` or `SHOW STAGES`, as far as it is read. */
const zShown = z.object({
  created_on: z.coerce.date(),
  name: z.string(),
  schema_name: z.string(),
  comment: z.string().nullish(),
  /** Of a stream: what it shows the changes of, by its full name. */
  table_name: z.string().nullish(),
  /** Of a stage outside of Snowflake. */
  url: z.string().nullish(),
})

/** What data comes through: streams of changes, and stages of files. */
export interface Passages {
  relations: RelationRow[]
  /** What people read as their definition, by `relationKey`. */
  definitions: Map<string, string>
}

/**
 * Streams share their names with tables. Stages do not: they are called as statements call them, `@RAW`. Neither shows its columns.
 */
export async function readPassages(link: SnowflakeLink, place: Place): Promise<Passages> {
  const relations: RelationRow[] = []
  const definitions = new Map<string, string>()
  for (const type of ['STREAM', 'STAGE'] as const)
    for (const row of await showObjects<{ name: string }>(link, `${type}S`, place)) {
      const { created_on: created, schema_name: schema, comment, table_name: table, url, ...shown } = zShown.parse(row)
      const name = type === 'STAGE' ? `@${shown.name}` : shown.name
      const relation = {
        schema,
        name,
        type,
        dynamic: null,
        created: created.getTime(),
        comment: comment || null,
        clusteredBy: null,
      }
      relations.push(relation)
      const definition = table ? `STREAM ON ${table}` : url
      if (definition) definitions.set(relationKey(relation), definition)
    }
  return { relations, definitions }
}

/** What a stream takes its rows from, as a query. */
export async function streamQueries(link: SnowflakeLink, place: Place): Promise<Map<string, string>> {
  const rows = (await showObjects<{ name: string }>(link, 'STREAMS', place)).map((row) => zShown.parse(row))
  return new Map(
    rows.flatMap(({ schema_name: schema, name, table_name: table }) =>
      table ? [[relationKey({ schema, name }), `select * from ${table}`] as const] : [],
    ),
  )
}

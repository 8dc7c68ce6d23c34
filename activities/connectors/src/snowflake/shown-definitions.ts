import { relationKey } from './catalog-rows.ts'
import type { SnowflakeLink } from './link.ts'
import { streamQueries } from './read-passages.ts'
import { showObjects, type Place } from './show.ts'
import { schemasStatement } from './catalog-statements.ts'
import { foldIdentifier } from './quote.ts'

/** What only a `SHOW` tells the query of. */
export type ShownKind = 'MATERIALIZED VIEWS' | 'DYNAMIC TABLES'

interface DefinedRow {
  name: string
  schema_name: string
  text: string | null
}

/** Those of the whole database, and what its streams take their rows from. */
export async function allShownDefinitions(link: SnowflakeLink): Promise<Map<string, string>> {
  const database = foldIdentifier(link.settings.database)
  const schemas = await link.query<{ name: string }>(schemasStatement(database))
  const place = { database, schemas: schemas.map(({ name }) => name) }
  const definitions = await shownDefinitions(link, place, ['MATERIALIZED VIEWS', 'DYNAMIC TABLES'])
  return new Map([...definitions, ...(await streamQueries(link, place))])
}

/** The queries of materialized views and dynamic tables, by `relationKey`. */
export async function shownDefinitions(
  link: SnowflakeLink,
  place: Place,
  kinds: readonly ShownKind[],
): Promise<Map<string, string>> {
  const definitions = new Map<string, string>()
  for (const kind of kinds)
    for (const { schema_name: schema, name, text } of await showObjects<DefinedRow>(link, kind, place))
      if (text) definitions.set(relationKey({ schema, name }), text)
  return definitions
}

import type { CollectedQuery, RelationRef } from '../connector.ts'
import { relationKey } from './catalog-rows.ts'
import { viewOf } from './catalog-statements.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier } from './quote.ts'
import { isOneOf } from './relation-sizes.ts'
import { inContext } from './sql-context.ts'

const timeoutMs = 60_000
const viewsPerBatch = 200

interface ViewRow {
  schema: string
  name: string
  definition: string | null
}

/**
 * The texts of views, materialized views and dynamic tables, with the schema in which Snowflake reads their bare names. What is no view, or
 * shows its text to its owner only, is passed over.
 *
 * @param shown the queries that only a `SHOW` tells: of the whole database at once, so it is asked once a session
 */
export async function* readQueries(
  link: SnowflakeLink,
  relations: readonly RelationRef[],
  shown: () => Promise<ReadonlyMap<string, string>>,
): AsyncGenerator<CollectedQuery[]> {
  const database = foldIdentifier(link.settings.database)
  for (let from = 0; from < relations.length; from += viewsPerBatch) {
    const batch = relations.slice(from, from + viewsPerBatch)
    const rows = await link.query<ViewRow>(
      `select table_schema as "schema", table_name as "name", view_definition as "definition"
      from ${viewOf(database, 'views')} where ${isOneOf(batch)}`,
      { timeoutMs },
    )
    const texts = new Map(rows.map((row) => [relationKey(row), row.definition]))
    const others = batch.every((relation) => texts.has(relationKey(relation))) ? new Map() : await shown()
    const queries = batch.flatMap((relation): CollectedQuery[] => {
      const text = texts.get(relationKey(relation)) ?? others.get(relationKey(relation))
      const { externalId, schema } = relation
      return text ? [{ externalId, kind: 'sql', text: inContext({ database, schema }, text) }] : []
    })
    if (queries.length > 0) yield queries
  }
}

import { scopePatterns, type CatalogScope } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'

/** What an earlier discovery of the connection looked at, as rows of a statement. */
export interface LookedBefore {
  rows: string
}

/**
 * What the discoveries before looked at, each scope once. An object that appears where one of them looked was added since; one
 * that nobody looked for may have been there all the time.
 */
export async function lookedBefore(trx: Trx, connectionId: string): Promise<LookedBefore> {
  const { rows } = await sql<{ scope: CatalogScope; incomplete: string[] }>`
    select distinct scope, coalesce((select jsonb_agg(s ->> 'name' order by s ->> 'name') from jsonb_array_elements(scopes) s
      where not (s ->> 'complete')::boolean), '[]') as incomplete
    from snapshot where connection_id = ${connectionId}::uuid`.execute(trx)
  const looked = rows.map(({ scope, incomplete }) => {
    const { schemas, partitions } = scope
    return { schemas, folded: partitions === 'folded', incomplete, ...scopePatterns(scope) }
  })
  return { rows: JSON.stringify(looked) }
}

/** True of a relation that an earlier discovery would have found, had it been there. */
export const wasLookedFor = (
  { rows }: LookedBefore,
  {
    schema,
    name,
    partition,
  }: { schema: RawBuilder<unknown>; name: RawBuilder<unknown>; partition: RawBuilder<unknown> },
) => sql<boolean>`exists (
  select from ${scopesOf(rows)}
  where (l.schemas is null or l.schemas ? ${schema}) and not l.incomplete ? ${schema}
    and coalesce((${schema} || '.' || ${name}) ~ l."includeRelations", true)
    and coalesce((${schema} || '.' || ${name}) !~ l."excludeRelations", true)
    and not (l.folded and ${partition}))`

/** True of a schema, in the same way. */
export const schemaWasLookedFor = ({ rows }: LookedBefore, name: RawBuilder<unknown>) => sql<boolean>`exists (
  select from ${scopesOf(rows)}
  where (l.schemas is null or l.schemas ? ${name})
    and coalesce(${name} ~ l."includeSchemas", true) and coalesce(${name} !~ l."excludeSchemas", true))`

const scopesOf = (
  rows: string,
) => sql`jsonb_to_recordset(${rows}::jsonb) as l(schemas jsonb, folded boolean, incomplete jsonb,
  "includeRelations" text, "excludeRelations" text, "includeSchemas" text, "excludeSchemas" text)`

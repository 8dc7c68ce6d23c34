import { scopePatterns, scopeSeparator, type CatalogScope } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'

/** What an earlier discovery of the connection looked at, as rows of a statement. */
export interface LookedBefore {
  rows: string
}

/**
 * What the discoveries before looked at, each scope once. An object that appears where one of them looked was added since; one
 * that nobody looked for may have been there all the time.
 *
 * @param until only those taken by then; null: all
 */
export async function lookedBefore(
  db: Database,
  connectionId: string,
  until: Date | null = null,
): Promise<LookedBefore> {
  return lookedBy(
    db,
    sql`connection_id = ${connectionId}::uuid and (${until}::timestamptz is null or taken_at <= ${until}::timestamptz)`,
  )
}

/** What the discoveries looked at whose snapshots fulfil a condition. */
export async function lookedBy(db: Database, which: RawBuilder<unknown>): Promise<LookedBefore> {
  const { rows } = await sql<{ scope: CatalogScope; incomplete: string[]; unread: string[] }>`
    select distinct scope, coalesce((select jsonb_agg(s ->> 'name' order by s ->> 'name') from jsonb_array_elements(scopes) s
      where not (s ->> 'complete')::boolean), '[]') as incomplete,
      coalesce((select jsonb_agg((s ->> 'name') || ${scopeSeparator} || u order by s ->> 'name', u)
        from jsonb_array_elements(scopes) s, jsonb_array_elements_text(coalesce(s -> 'unread', '[]')) u), '[]') as unread
    from snapshot where ${which}`.execute(db)
  const looked = rows.map(({ scope, incomplete, unread }) => {
    const { schemas, partitions } = scope
    return { schemas, folded: partitions === 'folded', incomplete, unread, ...scopePatterns(scope) }
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
    and not l.unread ? (${schema} || ${scopeSeparator} || ${name})
    and coalesce((${schema} || ${scopeSeparator} || ${name}) ~ l."includeRelations", true)
    and coalesce((${schema} || ${scopeSeparator} || ${name}) !~ l."excludeRelations", true)
    and not (l.folded and ${partition}))`

/** True of a schema, in the same way. */
export const schemaWasLookedFor = ({ rows }: LookedBefore, name: RawBuilder<unknown>) => sql<boolean>`exists (
  select from ${scopesOf(rows)}
  where (l.schemas is null or l.schemas ? ${name})
    and coalesce(${name} ~ l."includeSchemas", true) and coalesce(${name} !~ l."excludeSchemas", true))`

const scopesOf = (
  rows: string,
) => sql`jsonb_to_recordset(${rows}::jsonb) as l(schemas jsonb, folded boolean, incomplete jsonb, unread jsonb,
  "includeRelations" text, "excludeRelations" text, "includeSchemas" text, "excludeSchemas" text)`

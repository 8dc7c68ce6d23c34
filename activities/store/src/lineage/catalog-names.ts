import { sql } from 'kysely'
import { sqlQuotedPart } from '../catalog/qualified-name.ts'
import type { Database } from '../database.ts'

/** A relation that is there, by the parts of its name. */
export interface CatalogRelation {
  externalId: string
  assetId: string
  schema: string
  name: string
  columns: string[]
}

/** A name as a statement gives it; without a schema it may be of any. */
export interface LookedUpName {
  schema: string | null
  name: string
}

/** Of more schemas a bare name is looked for only in the first ones: it is no use to know that it could be of hundreds. */
const mostSchemas = 200

/** The relations of a connection under some names: a name with a schema has one at most, a bare one may have one a schema. */
export async function relationsNamed(
  db: Database,
  connectionId: string,
  names: readonly LookedUpName[],
): Promise<CatalogRelation[]> {
  if (names.length === 0) return []
  const { rows } = await sql<CatalogRelation>`
    with schemas as materialized (
      select id, name, qualified_name, row_number() over (order by name <> 'public', name) as place from asset
      where connection_id = ${connectionId}::uuid and kind = 'schema' and removed_at is null
    )
    select a.external_id as "externalId", a.id as "assetId", s.name as schema, a.name,
      coalesce(jsonb_path_query_array(a.document, '$.columns[*].name'), '[]') as columns
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(schema text, name text)
    join schemas s on s.name = n.schema or (n.schema is null and s.place <= ${mostSchemas})
    join asset a on a.connection_id = ${connectionId}::uuid
      and a.qualified_name = s.qualified_name || '.' || ${sqlQuotedPart('n.name')}
      and a.removed_at is null and a.fingerprint is not null
    order by s.place, a.name`.execute(db)
  return rows
}

/** The name of the database of a connection. */
export async function databaseNameOf(db: Database, connectionId: string): Promise<string | null> {
  const row = await db
    .selectFrom('asset')
    .select('name')
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'database')
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row?.name ?? null
}

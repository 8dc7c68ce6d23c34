import type { AssetKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'

/** The names of the columns of the relations below an asset that are there, in the order of the relations' ids. */
export async function relationsBelow(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  page: { after: string | undefined; limit: number },
): Promise<{ asset: AssetReference; columns: string[] }[]> {
  const { rows } = await sql<{ asset: AssetReference; columns: string[] }>`
    select ${assetReference} as asset,
      coalesce(jsonb_path_query_array(a.document, '$.columns[*].name'), '[]') as columns
    from asset a join asset d on d.id = a.database_id
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and a.removed_at is null and a.document is not null
      and (${page.after ?? null}::uuid is null or a.id > ${page.after ?? null}::uuid)
    order by a.id
    limit ${page.limit}`.execute(db)
  return rows
}

import type { AssetKind, ColumnDocument } from '@plumbline/workflows'
import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { documentationOfEach, type AssetDocumentation } from './read-documentation.ts'

/** An asset with all that is said of it. */
export interface DescribedAsset {
  id: string
  kind: AssetKind
  name: string
  qualifiedName: string
  /** As the source has it. */
  comment: string | null
  /** Empty of databases and schemas. */
  columns: Pick<ColumnDocument, 'name' | 'nativeType'>[]
  documentation: AssetDocumentation
}

export interface DescribedPageRequest {
  /** Of the last asset of the page before. */
  after?: Pick<DescribedAsset, 'qualifiedName' | 'id'> | undefined
  limit: number
}

/** An asset and all below it that is there, documented or not, by qualified name. */
export async function listDescribedAssets(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  { after, limit }: DescribedPageRequest,
): Promise<DescribedAsset[]> {
  if (!isUuid(asset.id)) return []
  const { rows } = await sql<Omit<DescribedAsset, 'documentation'>>`
    select a.id, a.kind, a.name, a.qualified_name as "qualifiedName",
      coalesce(a.document ->> 'comment', a.comment) as comment, coalesce(a.document -> 'columns', '[]') as columns
    from asset a
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and (a.removed_at is null or a.id = ${asset.id}::uuid)
      and ${after ? sql`(a.qualified_name, a.id) > (${after.qualifiedName}, ${after.id}::uuid)` : sql`true`}
    order by a.qualified_name, a.id
    limit ${limit}`.execute(db)
  const said = await documentationOfEach(
    db,
    organizationId,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => Object.assign(row, { documentation: said.get(row.id) ?? new Map() }))
}

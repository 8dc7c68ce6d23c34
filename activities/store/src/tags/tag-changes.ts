import type { AssetKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { TagCategory } from './tag-table.ts'

export interface TagChangeRecord {
  id: number
  column: string
  tag: string
  category: TagCategory
  kind: 'added' | 'removed'
  jobId: string
  changedAt: Date
  asset: AssetReference
}

/** What runs did to tags of an asset and all below it, newest first. */
export async function listTagChanges(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  page: { jobId: string | undefined; since: Date | undefined; before: number | undefined; limit: number },
): Promise<TagChangeRecord[]> {
  if (!isUuid(asset.id) || (page.jobId !== undefined && !isUuid(page.jobId))) return []
  const { rows } = await sql<TagChangeRecord>`
    select c.id, c.column_name as column, c.tag, c.category, c.kind, c.job_id as "jobId", c.changed_at as "changedAt",
      ${assetReference} as asset
    from tag_change c join asset a on a.id = c.asset_id join asset d on d.id = a.database_id
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and (${page.jobId ?? null}::uuid is null or c.job_id = ${page.jobId ?? null}::uuid)
      and (${page.since ?? null}::timestamptz is null or c.changed_at >= ${page.since ?? null}::timestamptz)
      and (${page.before ?? null}::bigint is null or c.id < ${page.before ?? null}::bigint)
    order by c.id desc
    limit ${page.limit}`.execute(db)
  return rows
}

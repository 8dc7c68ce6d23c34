import type { AssetKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { TagCategory } from './tag-table.ts'

export interface TagSummaryRecord {
  columns: number
  open: number
  kinds: { tag: string; category: TagCategory; columns: number; sure: number; likely: number; doubtful: number }[]
  lastJobId: string | null
}

/** From here on a tag counts as sure, and as likely. */
const [sure, likely] = [0.9, 0.7]

/** How many columns of an asset and all below it carry which tag, how sure, and how many wait for a person. */
export async function tagSummary(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
): Promise<TagSummaryRecord> {
  if (!isUuid(asset.id)) return { columns: 0, open: 0, kinds: [], lastJobId: null }
  const { rows } = await sql<TagSummaryRecord>`
    with here as (
      select t.* from column_tag t join asset a on a.id = t.asset_id
      where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
        and (a.removed_at is null or a.id = ${asset.id}::uuid)
    ), kinds as (
      select tag, category, count(*) as columns,
        count(*) filter (where source = 'manual' or confidence >= ${sure}) as sure,
        count(*) filter (where source = 'auto' and confidence >= ${likely} and confidence < ${sure}) as likely,
        count(*) filter (where source = 'auto' and confidence < ${likely}) as doubtful
      from here group by tag, category
    )
    select
      (select count(distinct (asset_id, column_name)) from here) as columns,
      (select count(distinct (asset_id, column_name)) from here where category = 'pii' and source = 'auto') as open,
      coalesce((select jsonb_agg(to_jsonb(k) order by array_position('{pii,sensitivity,domain}'::text[], category), columns desc, tag)
        from kinds k), '[]') as kinds,
      (select c.job_id from tag_change c join asset a on a.id = c.asset_id
        where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
        order by c.id desc limit 1) as "lastJobId"`.execute(db)
  return rows[0] ?? { columns: 0, open: 0, kinds: [], lastJobId: null }
}

import type { AssetKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

export interface DocumentationSummary {
  /** Tables, views and the like, and how many of them have a text. */
  relations: number
  documentedRelations: number
  columns: number
  documentedColumns: number
  /** Texts that wait for review, of relations and columns. */
  waiting: number
  /** The newest run that wrote one of the texts. */
  lastJobId: string | null
}

/** How much of an asset and all below it is documented. */
export async function documentationSummary(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
): Promise<DocumentationSummary> {
  const none = { relations: 0, documentedRelations: 0, columns: 0, documentedColumns: 0, waiting: 0, lastJobId: null }
  if (!isUuid(asset.id)) return none
  const { rows } = await sql<DocumentationSummary>`
    with here as (
      select a.id, jsonb_array_length(a.document -> 'columns') as columns from asset a
      where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
        and (a.removed_at is null or a.id = ${asset.id}::uuid) and a.document is not null
    ), said as (
      select d.* from documentation d join here on here.id = d.asset_id
      where d.replaced_at is null and d.state <> 'rejected'
    )
    select count(*) as relations, coalesce(sum(columns), 0)::int as columns,
      (select count(distinct asset_id) from said where column_name is null) as "documentedRelations",
      (select count(distinct (asset_id, column_name)) from said where column_name is not null) as "documentedColumns",
      (select count(*) from said where state = 'proposed') as waiting,
      (select job_id from said where job_id is not null order by written_at desc, job_id desc limit 1) as "lastJobId"
    from here`.execute(db)
  return rows[0] ?? none
}

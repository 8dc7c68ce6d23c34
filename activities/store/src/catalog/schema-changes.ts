import type { AssetKind, ChangeKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { scopeColumn, type AssetReference } from './assets.ts'

export interface SchemaChangeRecord {
  id: number
  kind: ChangeKind
  column: string | null
  before: string | null
  after: string | null
  breaking: boolean
  detectedAt: Date
  jobId: string
  asset: AssetReference
}

export interface SchemaChangePageRequest {
  jobId?: string | undefined
  since?: Date | undefined
  /** Changes older than the one with this id. */
  after?: number | undefined
  limit: number
}

/** Of an asset and all below it, newest first; also of what is gone by now. */
export async function listSchemaChanges(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  page: SchemaChangePageRequest,
): Promise<SchemaChangeRecord[]> {
  const { jobId, since, after } = page
  if (!isUuid(asset.id) || (jobId !== undefined && !isUuid(jobId))) return []
  const scope = scopeColumn(asset.kind)
  let query = db
    .selectFrom('schema_change as c')
    .innerJoin('asset as a', 'a.id', 'c.asset_id')
    .innerJoin('asset as d', 'd.id', 'a.database_id')
    .select(['c.id', 'c.kind', 'c.column_name as column', 'c.before', 'c.after', 'c.breaking'])
    .select(['c.detected_at as detectedAt', 'c.job_id as jobId'])
    .select(['a.id as assetId', 'a.kind as assetKind', 'a.name', 'a.qualified_name as qualifiedName'])
    .select(['a.connection_id as connectionId', 'd.name as database'])
    .where('c.organization_id', '=', organizationId)
    .where(scope === 'id' ? 'c.asset_id' : sql.ref<string>(`c.${scope}`), '=', asset.id)
  if (jobId !== undefined) query = query.where('c.job_id', '=', jobId)
  if (since !== undefined) query = query.where('c.detected_at', '>=', since)
  if (after !== undefined) query = query.where('c.id', '<', after)
  const rows = await query.orderBy('c.id', 'desc').limit(page.limit).execute()
  return rows.map(({ assetId, assetKind, name, qualifiedName, connectionId, database, ...change }) => ({
    ...change,
    asset: { id: assetId, kind: assetKind, name, qualifiedName, connectionId, database },
  }))
}

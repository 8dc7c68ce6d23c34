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
  /** Why it breaks or not; null of changes found before reasons were kept. */
  reason: string | null
  detectedAt: Date
  jobId: string
  asset: AssetReference
  downstream: ChangeImpact | null
}

/** What lay downstream of a breaking change when it was found. */
export interface ChangeImpact {
  total: number
  /** At most fifty; `columns` are those that values of the changed column came to. */
  assets: (AssetReference & { columns: string[] })[]
}

export interface SchemaChangePageRequest {
  jobId?: string | undefined
  since?: Date | undefined
  /** Only changes that break. */
  breaking?: boolean | undefined
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
  const { jobId, since, after, breaking } = page
  if (!isUuid(asset.id) || (jobId !== undefined && !isUuid(jobId))) return []
  const scope = scopeColumn(asset.kind)
  let query = db
    .selectFrom('schema_change as c')
    .innerJoin('asset as a', 'a.id', 'c.asset_id')
    .innerJoin('asset as d', 'd.id', 'a.database_id')
    .select(['c.id', 'c.kind', 'c.column_name as column', 'c.before', 'c.after', 'c.breaking'])
    .select(['c.detected_at as detectedAt', 'c.job_id as jobId', 'c.reason'])
    .select(['c.downstream as downstreamIds', 'c.downstream_total as downstreamTotal'])
    .select(['a.id as assetId', 'a.kind as assetKind', 'a.name', 'a.qualified_name as qualifiedName'])
    .select(['a.connection_id as connectionId', 'd.name as database'])
    .where('c.organization_id', '=', organizationId)
    .where(scope === 'id' ? 'c.asset_id' : sql.ref<string>(`c.${scope}`), '=', asset.id)
  if (jobId !== undefined) query = query.where('c.job_id', '=', jobId)
  if (since !== undefined) query = query.where('c.detected_at', '>=', since)
  if (breaking === true) query = query.where('c.breaking', '=', true)
  if (after !== undefined) query = query.where('c.id', '<', after)
  const rows = await query.orderBy('c.id', 'desc').limit(page.limit).execute()
  const near = await downstreamAssets(db, organizationId, rows)
  return rows.map((row) => {
    const {
      assetId,
      assetKind,
      name,
      qualifiedName,
      connectionId,
      database,
      downstreamIds,
      downstreamTotal,
      ...change
    } = row
    return {
      ...change,
      asset: { id: assetId, kind: assetKind, name, qualifiedName, connectionId, database },
      downstream: downstreamIds && {
        total: downstreamTotal ?? downstreamIds.length,
        assets: downstreamIds.flatMap(({ assetId: id, columns }) => {
          const below = near.get(id)
          return below ? [{ ...below, columns }] : []
        }),
      },
    }
  })
}

/** The assets that the changes of a page name, by id. */
async function downstreamAssets(
  db: Database,
  organizationId: string,
  changes: readonly { downstreamIds: { assetId: string }[] | null }[],
): Promise<Map<string, AssetReference>> {
  const ids = [...new Set(changes.flatMap(({ downstreamIds }) => downstreamIds?.map(({ assetId }) => assetId) ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('asset as a')
    .innerJoin('asset as d', 'd.id', 'a.database_id')
    .select(['a.id', 'a.kind', 'a.name', 'a.qualified_name as qualifiedName'])
    .select(['a.connection_id as connectionId', 'd.name as database'])
    .where('a.organization_id', '=', organizationId)
    .where('a.id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

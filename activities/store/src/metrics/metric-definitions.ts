import type { AssetKind, MetricDirection, MetricOutcome, MetricSpec } from '@plumbline/workflows'
import { sql, type SqlBool } from 'kysely'
import { recordedAsset, recordedAssetColumns } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'

/** What a person defined on a table. */
export interface MetricDefinitionRecord {
  id: string
  assetId: string
  name: string
  spec: MetricSpec
  direction: MetricDirection
  /** A deviation from what is expected below so many percent is no anomaly. */
  minPercent: number
  /** Counts up when what is measured changes. */
  revision: number
  /** Of the last capture that came to it; null before the first. */
  lastOutcome: MetricOutcome | null
  createdBy: string
  createdAt: Date
  updatedAt: Date
  asset: {
    id: string
    kind: AssetKind
    name: string
    qualifiedName: string
    connectionId: string
    database: string
    removedAt: Date | null
  }
}

function selectDefinitions(db: Database | Trx) {
  return db
    .selectFrom('metric_definition as m')
    .innerJoin('asset as a', 'a.id', 'm.asset_id')
    .innerJoin('asset as d', 'd.id', 'a.database_id')
    .selectAll('m')
    .select(recordedAssetColumns)
    .where('m.deleted_at', 'is', null)
}

type DefinitionRow = Awaited<ReturnType<ReturnType<typeof selectDefinitions>['execute']>>[number]

/** The database checks that a definition has what its kind needs. */
export const specOf = (row: Pick<DefinitionRow, 'kind' | 'sql' | 'columns'>): MetricSpec =>
  row.kind === 'sql' ? { kind: 'sql', sql: row.sql ?? '' } : { kind: 'duplicates', columns: row.columns ?? [] }

const recordOf = (row: DefinitionRow): MetricDefinitionRecord => ({
  id: row.id,
  assetId: row.asset_id,
  name: row.name,
  spec: specOf(row),
  direction: row.direction,
  minPercent: row.min_percent,
  revision: row.revision,
  lastOutcome: row.last_outcome,
  createdBy: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  asset: recordedAsset(row),
})

/** `undefined` for an id that is none, another organization's, or of a definition that was deleted. */
export async function findMetric(
  db: Database | Trx,
  organizationId: string,
  id: string,
): Promise<MetricDefinitionRecord | undefined> {
  if (!isUuid(id)) return undefined
  const row = await selectDefinitions(db)
    .where('m.organization_id', '=', organizationId)
    .where('m.id', '=', id)
    .executeTakeFirst()
  return row && recordOf(row)
}

export interface MetricDefinitionPageRequest {
  assetId?: string | undefined
  /** Name and id of the last one of the page before. */
  after?: { name: string; id: string } | undefined
  limit: number
}

/** By name. */
export async function listMetrics(
  db: Database,
  organizationId: string,
  { assetId, after, limit }: MetricDefinitionPageRequest,
): Promise<MetricDefinitionRecord[]> {
  if (assetId !== undefined && !isUuid(assetId)) return []
  let query = selectDefinitions(db).where('m.organization_id', '=', organizationId)
  if (assetId !== undefined) query = query.where('m.asset_id', '=', assetId)
  if (after) query = query.where(sql<SqlBool>`(m.name, m.id) > (${after.name}, ${after.id}::uuid)`)
  const rows = await query.orderBy('m.name').orderBy('m.id').limit(limit).execute()
  return rows.map(recordOf)
}

/** Those of some tables, for the job that measures them. */
export async function metricsOf(
  db: Database,
  assetIds: readonly string[],
): Promise<
  Map<string, Pick<MetricDefinitionRecord, 'id' | 'name' | 'spec' | 'revision' | 'direction' | 'minPercent'>[]>
> {
  const rows = await db
    .selectFrom('metric_definition')
    .select(['id', 'asset_id', 'name', 'kind', 'sql', 'columns', 'revision', 'direction', 'min_percent'])
    .where('asset_id', '=', sql<string>`any(${[...assetIds]}::uuid[])`)
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute()
  const definitions = rows.map((row) => ({
    assetId: row.asset_id,
    id: row.id,
    name: row.name,
    spec: specOf(row),
    revision: row.revision,
    direction: row.direction,
    minPercent: row.min_percent,
  }))
  return Map.groupBy(definitions, ({ assetId }) => assetId)
}

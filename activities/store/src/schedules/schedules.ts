import type { AssetKind, JobType, OverlapPolicy, ScheduleTarget } from '@plumbline/workflows'
import { sql, type SqlBool } from 'kysely'
import { recordedAsset, recordedAssetColumns, scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'

/** When a schedule ticks: one of `cron` and `every` is given. Durations are spelled as `15m`. */
export interface ScheduleTiming {
  cron: string | null
  every: string | null
  timezone: string
  jitter: string | null
}

/** What may be changed of a schedule. */
export interface ScheduleSettings extends ScheduleTiming {
  name: string
  target: ScheduleTarget | null
  config: Record<string, unknown>
  overlap: OverlapPolicy
}

export interface ScheduleRecord extends ScheduleSettings {
  id: string
  organizationId: string
  type: JobType
  assetId: string
  asset: {
    id: string
    kind: AssetKind
    name: string
    qualifiedName: string
    connectionId: string
    database: string
    removedAt: Date | null
  }
  paused: { at: Date; by: string; reason: string | null } | null
  revision: number
  /** Temporal has this form of it. */
  synced: boolean
  /** As Temporal said when it was asked last; some may have passed. */
  nextRuns: Date[]
  createdBy: string
  createdAt: Date
  updatedAt: Date
}

function selectSchedules(db: Database | Trx) {
  return db
    .selectFrom('schedule as s')
    .innerJoin('asset as a', 'a.id', 's.asset_id')
    .innerJoin('asset as d', 'd.id', 'a.database_id')
    .selectAll('s')
    .select(recordedAssetColumns)
    .where('s.deleted_at', 'is', null)
}

type ScheduleRow = Awaited<ReturnType<ReturnType<typeof selectSchedules>['execute']>>[number]

const recordOf = (row: ScheduleRow): ScheduleRecord => ({
  id: row.id,
  organizationId: row.organization_id,
  name: row.name,
  type: row.type,
  assetId: row.asset_id,
  asset: recordedAsset(row),
  target: row.target,
  config: row.config,
  cron: row.cron,
  every: row.every,
  timezone: row.timezone,
  overlap: row.overlap,
  jitter: row.jitter,
  paused: row.paused_at && { at: row.paused_at, by: row.paused_by ?? 'Temporal', reason: row.pause_reason },
  revision: row.revision,
  synced: row.revision === row.synced_revision,
  nextRuns: row.next_runs,
  createdBy: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** `undefined` for an id that is none, another organization's, or of a schedule that was deleted. */
export async function findSchedule(
  db: Database | Trx,
  organizationId: string,
  id: string,
): Promise<ScheduleRecord | undefined> {
  if (!isUuid(id)) return undefined
  const row = await selectSchedules(db)
    .where('s.organization_id', '=', organizationId)
    .where('s.id', '=', id)
    .executeTakeFirst()
  return row && recordOf(row)
}

/** For the reconciler, of any organization; one that was deleted is missing. */
export async function schedulesByIds(db: Database, ids: readonly string[]): Promise<ScheduleRecord[]> {
  const rows = await selectSchedules(db)
    .where('s.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  return rows.map(recordOf)
}

export interface SchedulePageRequest {
  assetId?: string | undefined
  connectionId?: string | undefined
  /** Those that start jobs on the asset, on what it lies in, or on what lies in it. */
  around?: { id: string; kind: AssetKind } | undefined
  types?: readonly JobType[] | undefined
  paused?: boolean | undefined
  /** Name and id of the last one of the page before. */
  after?: { name: string; id: string } | undefined
  limit: number
}

/** By name. */
export async function listSchedules(
  db: Database,
  organizationId: string,
  page: SchedulePageRequest,
): Promise<ScheduleRecord[]> {
  const { assetId, connectionId, around, types, paused, after } = page
  if ([assetId, connectionId, around?.id].some((id) => id !== undefined && !isUuid(id))) return []
  let query = selectSchedules(db).where('s.organization_id', '=', organizationId)
  if (assetId !== undefined) query = query.where('s.asset_id', '=', assetId)
  if (connectionId !== undefined) query = query.where('a.connection_id', '=', connectionId)
  if (around) query = query.where(reaching(around))
  if (types && types.length > 0) query = query.where('s.type', 'in', [...types])
  if (paused !== undefined) query = query.where('s.paused_at', paused ? 'is not' : 'is', null)
  if (after) query = query.where(sql<SqlBool>`(s.name, s.id) > (${after.name}, ${after.id}::uuid)`)
  const rows = await query.orderBy('s.name').orderBy('s.id').limit(page.limit).execute()
  return rows.map(recordOf)
}

const reaching = ({ id, kind }: { id: string; kind: AssetKind }) => sql<SqlBool>`(
  ${sql.ref(`a.${scopeColumn(kind)}`)} = ${id}::uuid
  or a.id in (select unnest(array[x.schema_id, x.database_id]) from asset x where x.id = ${id}::uuid))`

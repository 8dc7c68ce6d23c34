import type { Database, Tables } from '@plumbline/store'
import type {
  AnomalySide,
  FreshnessFinding,
  FreshnessState,
  JobType,
  LastUpdate,
  SkipReason,
} from '@plumbline/workflows'
import type { Selectable } from 'kysely'

type Asset = Selectable<Tables['asset']>

/** A table below the root asset of a connection, as a discovery leaves it, without columns. */
export async function addTable(db: Database, root: Asset, name: string): Promise<Asset> {
  return db
    .insertInto('asset')
    .values({
      id: crypto.randomUUID(),
      organization_id: root.organization_id,
      connection_id: root.connection_id,
      parent_id: root.id,
      database_id: root.id,
      kind: 'table',
      name,
      qualified_name: `${root.qualified_name}.public.${name}`,
      external_id: `t:${name}`,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** How a freshness check of just now found it. */
export async function addFreshness(
  db: Database,
  table: Asset,
  { state, updatedAt, jobId }: { state: FreshnessState; updatedAt: Date; jobId: string },
): Promise<void> {
  const last: LastUpdate = {
    at: updatedAt.toISOString(),
    after: null,
    method: 'counters',
    confidence: 1,
    evidence: [],
    column: null,
    partition: null,
  }
  const finding: FreshnessFinding = { last, quietSince: null, reason: null, partitions: 0 }
  await db
    .insertInto('freshness')
    .values({
      asset_id: table.id,
      state,
      since: updatedAt,
      updated_at: updatedAt,
      finding: JSON.stringify(finding),
      verdict: JSON.stringify({ state, expected: null, learning: null }),
      checked_at: new Date(),
      job_id: jobId,
    })
    .execute()
}

/** The row count of a table, measured at some times; the newest decides whether it is unusual now. */
export async function addRowCounts(
  db: Database,
  table: Asset,
  points: readonly { at: Date; value: number; anomaly: AnomalySide | null; jobId: string }[],
): Promise<void> {
  const newest = points.at(-1)
  if (!newest) return
  const { id } = await db
    .insertInto('metric_series')
    .values({
      organization_id: table.organization_id,
      asset_id: table.id,
      key: 'row_count',
      metric: 'row_count',
      last_at: newest.at,
      last_anomaly: newest.anomaly,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('metric_point')
    .values(
      points.map(({ at, value, anomaly, jobId }) => ({
        series_id: id,
        at,
        job_id: jobId,
        value,
        method: 'exact' as const,
        expected: 100,
        expected_low: 90,
        expected_high: 110,
        anomaly,
      })),
    )
    .execute()
}

/** A schedule that Temporal was never told of: only the record knows it. */
export async function addSchedule(
  db: Database,
  asset: Asset,
  of: {
    name: string
    type: JobType
    cron: string
    paused?: boolean
    skipped?: readonly { at: Date; reason: SkipReason }[]
  },
): Promise<string> {
  const id = crypto.randomUUID()
  await db
    .insertInto('schedule')
    .values({
      id,
      organization_id: asset.organization_id,
      name: of.name,
      type: of.type,
      asset_id: asset.id,
      config: '{}',
      cron: of.cron,
      timezone: 'UTC',
      overlap: 'skip',
      created_by: 'ann',
      ...(of.paused && { paused_at: new Date(), paused_by: 'ann' }),
    })
    .execute()
  for (const { at, reason } of of.skipped ?? [])
    await db
      .insertInto('schedule_tick')
      .values({ schedule_id: id, at, kind: 'tick', outcome: 'skipped', reason })
      .execute()
  return id
}

import type { AnomalySide, AssetKind, MeasureMethod, MetricName, NoDataReason } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

export interface MetricSeriesRecord {
  id: number
  metric: MetricName
  column: string | null
  group: string | null
  definition: { id: string; name: string } | null
  asset: AssetReference
}

export interface MetricPointRecord {
  at: Date
  value: number | null
  noData: NoDataReason | null
  method: MeasureMethod
  expected: number | null
  low: number | null
  high: number | null
  anomaly: AnomalySide | null
  knownBadBy: string | null
  jobId: string
}

export interface MetricSeriesPageRequest {
  /** A name of a metric, or the id of a definition. */
  metric?: string | undefined
  column?: string | undefined
  /** Only those of whole tables, or of columns. */
  of?: 'table' | 'column' | undefined
  /** Only those whose newest point is an anomaly. */
  anomalous: boolean
  sort: MetricSeriesSort
  after?: MetricSeriesPlace | undefined
  limit: number
}

/**
 * `name`: by table. `attention`: what is unusual first, then tables and columns of which something was measured, then the rest; a table
 * before its columns, which stay together.
 */
export type MetricSeriesSort = 'name' | 'attention'

/** Where a series stands in the order that was asked for. */
export interface MetricSeriesPlace {
  rank: number
  qualifiedName: string
  /** Its column, where columns stay together; else empty. */
  place: string
  id: number
}

/**
 * The series of an asset and of all below it that is there, without those of columns that are gone. A definition that was changed
 * shows its newest form only.
 */
export async function listMetricSeries(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  { metric, column, of, anomalous, sort, after, limit }: MetricSeriesPageRequest,
): Promise<(MetricSeriesRecord & MetricSeriesPlace)[]> {
  if (!isUuid(asset.id)) return []
  const ofMetric =
    metric !== undefined && isUuid(metric) ? sql`s.definition_id = ${metric}::uuid` : sql`s.metric = ${metric}`
  const { rows } = await sql<MetricSeriesRecord & MetricSeriesPlace>`
    with placed as (
      select s.id, a.qualified_name, ${sort === 'name' ? sql`0 as rank, '' as place` : byAttention}
      from asset a
      join metric_series s on s.asset_id = a.id and s.ended_at is null
      left join metric_definition m on m.id = s.definition_id
      where a.organization_id = ${organizationId}::uuid
        and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
        and (a.removed_at is null or a.id = ${asset.id}::uuid)
        and (m.id is null or (m.deleted_at is null and m.revision = s.revision))
        and ${metric === undefined ? sql`true` : ofMetric}
        and ${column === undefined ? sql`true` : sql`s.column_name = ${column}`}
        and ${of === undefined ? sql`true` : sql`(s.column_name is null) = ${of === 'table'}::boolean`}
        and (not ${anomalous}::boolean or s.last_anomaly is not null)
    ), page as (
      select * from placed p
      where ${after ? sql`(p.rank, p.qualified_name, p.place, p.id) > (${after.rank}::int, ${after.qualifiedName}, ${after.place}, ${after.id}::bigint)` : sql`true`}
      order by p.rank, p.qualified_name, p.place, p.id
      limit ${limit}
    )
    select s.id, s.metric, s.column_name as column, s.group_name as "group", p.rank, p.place,
      p.qualified_name as "qualifiedName",
      case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name) end as definition,
      ${assetReference} as asset
    from page p
    join metric_series s on s.id = p.id
    join asset a on a.id = s.asset_id
    join asset d on d.id = a.database_id
    left join metric_definition m on m.id = s.definition_id
    order by p.rank, p.qualified_name, p.place, p.id`.execute(db)
  return rows
}

/** How many nulls and different values there are can be told of what holds nothing, and so can it that a table is empty. */
const byAttention = sql`
  min(case
    when s.last_anomaly is not null then 0
    when s.metric in ('null_share', 'distinct_count') then 2
    when coalesce((select p.value is not null and (p.value <> 0 or s.metric <> 'row_count') from metric_point p
      where p.series_id = s.id order by p.at desc limit 1), false) then 1
    else 2
  end) over (partition by s.asset_id, s.column_name) as rank, coalesce(s.column_name, '') as place`

/** The newest points of some series in a time, oldest first; at most `limit` of each. */
export async function metricPoints(
  db: Database,
  seriesIds: readonly number[],
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<Map<number, MetricPointRecord[]>> {
  const { rows } = await sql<MetricPointRecord & { seriesId: number }>`
    select s.id as "seriesId", p.at, p.value, p.no_data as "noData", p.method, p.expected, p.expected_low as low,
      p.expected_high as high, p.anomaly, p.known_bad_by as "knownBadBy", p.job_id as "jobId"
    from unnest(${[...seriesIds]}::bigint[]) s(id)
    cross join lateral (
      select * from metric_point where series_id = s.id and at >= ${from} and at <= ${to} order by at desc limit ${limit}
    ) p
    order by s.id, p.at`.execute(db)
  return Map.groupBy(rows, ({ seriesId }) => seriesId)
}

/**
 * Says of points that they are wrong, or that they are not: later points are judged without those that are. What was judged
 * before stays.
 *
 * @returns how many points there were
 */
export async function markKnownBad(
  db: Database,
  actor: Actor,
  assetId: string,
  { seriesId, at, knownBad }: { seriesId: number; at: readonly Date[]; knownBad: boolean },
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const marked = await sql`
      update metric_point p set known_bad_by = ${knownBad ? actor.name : null}
      from metric_series s
      where s.id = ${seriesId}::bigint and s.asset_id = ${assetId}::uuid and s.organization_id = ${actor.organizationId}::uuid
        and p.series_id = s.id and p.at = any(${at.map((one) => one.toISOString())}::timestamptz[])`.execute(trx)
    const points = Number(marked.numAffectedRows ?? 0)
    if (points > 0) {
      // What is known to be bad is not what is unusual now.
      await sql`
        update metric_series s set last_anomaly = (
          select case when p.known_bad_by is null then p.anomaly end from metric_point p
          where p.series_id = s.id order by p.at desc limit 1)
        where s.id = ${seriesId}::bigint`.execute(trx)
      await appendAudit(trx, actor, {
        action: knownBad ? 'metric.mark-bad' : 'metric.unmark-bad',
        target: { kind: 'asset', id: assetId },
        after: { seriesId: String(seriesId), at: at.map((one) => one.toISOString()) },
      })
    }
    return points
  })
}

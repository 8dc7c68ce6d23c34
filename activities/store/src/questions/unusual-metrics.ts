import type { AnomalySide, AssetKind, MetricName } from '@plumbline/workflows'
import { sql } from 'kysely'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { withinTime } from '../within-time.ts'

/** A value that was not what was expected, and what was. */
export interface UnusualMetric {
  asset: AssetReference
  metric: MetricName
  column: string | null
  group: string | null
  /** What a person called it, of a metric of their own. */
  name: string | null
  at: Date
  value: number | null
  low: number | null
  high: number | null
  anomaly: AnomalySide
  jobId: string
}

/** More are not looked at. */
export const mostUnusual = 1_000
const timeLimitMs = 2_000

/**
 * Metrics that are unusual now, or, with a time, that were in it: of each the newest such value, the newest first. At most `mostUnusual`;
 * `undefined` when that takes too long to find out.
 */
export async function unusualMetrics(
  db: Database,
  organizationId: string,
  { asset, from, to }: { asset?: { id: string; kind: AssetKind } | undefined; from?: Date; to?: Date },
): Promise<UnusualMetric[] | undefined> {
  const points =
    from && to
      ? sql`select distinct on (p.series_id) p.* from metric_point p join metric_series s on s.id = p.series_id
          where p.anomaly is not null and p.known_bad_by is null and p.at >= ${from} and p.at < ${to}
            and s.organization_id = ${organizationId}::uuid
          order by p.series_id, p.at desc`
      : sql`select p.* from metric_series s cross join lateral (
            select * from metric_point where series_id = s.id order by at desc limit 1
          ) p
          where s.organization_id = ${organizationId}::uuid and s.last_anomaly is not null and p.anomaly is not null`
  return withinTime(db, timeLimitMs, async (trx) => {
    const { rows } = await sql<UnusualMetric>`
      select ${assetReference} as asset, s.metric, s.column_name as column, s.group_name as "group", m.name,
        p.at, p.value, p.expected_low as low, p.expected_high as high, p.anomaly, p.job_id as "jobId"
      from (${points}) p
      join metric_series s on s.id = p.series_id and s.ended_at is null
      join asset a on a.id = s.asset_id and a.removed_at is null
      join asset d on d.id = a.database_id
      left join metric_definition m on m.id = s.definition_id
      where (m.id is null or (m.deleted_at is null and m.revision = s.revision))
        and ${asset ? sql`${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid` : sql`true`}
      order by p.at desc, s.id limit ${mostUnusual}`.execute(trx)
    return rows
  })
}

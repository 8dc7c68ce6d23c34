import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'

export interface StoredMetrics {
  points: number
  anomalies: number
}

/** The judged values of a job, one a row; a definition that was deleted meanwhile has none. */
const judged = (jobId: string) => sql`
  select a.organization_id, s.asset_id, (s.metrics ->> 'at')::timestamptz(3) as at, v.key, v.metric,
    v."column" as column_name, v."group" as group_name, (v.definition ->> 'id')::uuid as definition_id,
    (v.definition ->> 'revision')::int as revision, v.value, v."noData" as no_data, v.method, v.expected, v.low, v.high,
    v.anomaly
  from selected_table s
  join asset a on a.id = s.asset_id
  cross join jsonb_to_recordset(s.metrics -> 'values') as v(key text, metric text, "column" text, "group" text,
    definition jsonb, value float8, "noData" text, method text, expected float8, low float8, high float8, anomaly text)
  where s.job_id = ${jobId}::uuid and s.metrics is not null`

/** Appends what a job measured and judged to its series, in one transaction. A repeated call changes nothing. */
export async function storeMetrics(db: Database, lease: StepLease): Promise<StoredMetrics> {
  const { jobId } = lease
  return bulkUnderLease(db, lease, async (trx) => {
    await writeSeries(trx, jobId)
    const stored = await writePoints(trx, jobId)
    await tellMissingGroups(trx, jobId)
    return stored
  })
}

/** Ordered, so that two jobs never wait for each other in a circle. */
async function writeSeries(trx: Trx, jobId: string): Promise<void> {
  await sql`
    insert into metric_series (organization_id, asset_id, key, metric, column_name, group_name, definition_id, revision,
      last_at, last_anomaly)
    select organization_id, asset_id, key, metric, column_name, group_name, definition_id, revision, at, anomaly
    from (${judged(jobId)}) judged
    order by asset_id, key
    on conflict (asset_id, key) where ended_at is null do update set last_at = excluded.last_at, last_anomaly = excluded.last_anomaly
    where metric_series.last_at <= excluded.last_at`.execute(trx)
}

async function writePoints(trx: Trx, jobId: string): Promise<StoredMetrics> {
  const { rows } = await sql<StoredMetrics>`
    with written as (
      insert into metric_point (series_id, at, job_id, value, no_data, method, expected, expected_low, expected_high, anomaly)
      select s.id, j.at, ${jobId}::uuid, j.value, j.no_data, j.method, j.expected, j.low, j.high, j.anomaly
      from (${judged(jobId)}) j join metric_series s on s.asset_id = j.asset_id and s.key = j.key and s.ended_at is null
      on conflict (series_id, at) do nothing
    )
    select count(*) as points, count(anomaly) as anomalies from (${judged(jobId)}) all_of_it`.execute(trx)
  return rows[0] ?? { points: 0, anomalies: 0 }
}

/**
 * A group that a query does not return any more has nothing to measure, which is said once: its line ends there, and it is not
 * unusual any more.
 */
async function tellMissingGroups(trx: Trx, jobId: string): Promise<void> {
  await sql`
    with answered as materialized (
      select distinct asset_id, definition_id, revision, at from (${judged(jobId)}) judged where metric = 'sql'
    ), missing as materialized (
      select s.id, a.at from answered a
      join metric_series s on s.asset_id = a.asset_id and s.definition_id = a.definition_id and s.revision = a.revision
      where s.last_at < a.at and (
        select p.value from metric_point p where p.series_id = s.id order by p.at desc limit 1) is not null
    ), told as (
      insert into metric_point (series_id, at, job_id, no_data, method)
      select id, at, ${jobId}::uuid, 'no_rows', 'exact' from missing on conflict (series_id, at) do nothing
    )
    update metric_series s set last_at = missing.at, last_anomaly = null from missing where s.id = missing.id`.execute(
    trx,
  )
}

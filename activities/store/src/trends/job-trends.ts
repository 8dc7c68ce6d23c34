import { jobStatuses, type JobStatus, type JobType } from '@plumbline/workflows'
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import { jobConditions, type JobFilter } from '../jobs/job-filter.ts'
import type { JobRow } from '../jobs/job-queries.ts'
import type { Tables } from '../tables.ts'
import { withinTime } from '../within-time.ts'

export type TrendBucket = 'hour' | 'day' | 'week' | 'month'

/** Which jobs, of which time, cut how. */
export interface TrendRequest {
  /** Without times: those are `from` and `to`. */
  filter: Omit<JobFilter, 'createdAfter' | 'createdBefore'>
  from: Date
  to: Date
  bucket: TrendBucket
  /** Of the IANA database: days begin at its midnight. */
  timezone: string
}

/** Of the jobs that completed, in milliseconds. */
export interface Durations {
  p50: number
  p95: number
  max: number
}

/** What jobs of a time came to. */
export interface TrendCounts {
  counts: Record<JobStatus, number>
  /** From started to ended, of those that completed; null where none did. */
  duration: Durations | null
  /** From created to started, of all that started. */
  queued: Durations | null
  /** The part of the time from created to ended that ended jobs waited, 0 to 1. */
  queuedShare: number | null
}

export type TrendBucketCounts = TrendCounts & { start: Date }

/** An asset as a job names it. */
export type AssetOfJob = Pick<
  JobRow,
  'asset_id' | 'asset_kind' | 'asset_name' | 'asset_qualified_name' | 'connection_id' | 'database_name'
>

/** A type of job on an asset, by how long its runs take; the names are those of its newest job. */
export type SlowAsset = AssetOfJob & { type: JobType; runs: number; duration: Durations }

export interface StepDuration {
  name: string
  label: string
  runs: number
  duration: Durations
  /** Of the time of all steps, 0 to 1. */
  share: number
}

export interface JobTrends {
  buckets: TrendBucketCounts[]
  total: TrendCounts
  slowest: SlowAsset[]
  /** Of the newest jobs of the one type that was asked for; empty for several. */
  steps: StepDuration[]
}

/** A history of millions can be asked for as a whole: what takes longer is refused. */
const timeLimitMs = 8_000
const slowestShown = 10
/** So many of the newest jobs tell how their time is spent on steps. */
const jobsWithSteps = 1_000

/** Counts and durations over time; `undefined` when there is too much to be gone through in time. */
export async function jobTrends(
  db: Database,
  organizationId: string,
  request: TrendRequest,
): Promise<JobTrends | undefined> {
  const found = conditionsOf(organizationId, request)
  return withinTime(db, timeLimitMs, async (trx) => {
    const { rows } = await sql<TrendBucketCounts>`${countsByBucket(found, request)}`.execute(trx)
    const buckets = rows.filter(({ start }) => start !== null)
    const total = rows.find(({ start }) => start === null)
    if (!total) throw new Error('a total without a row')
    const slowest = await sql<SlowAsset>`${slowestAssets(found, organizationId)}`.execute(trx)
    const steps =
      request.filter.types?.length === 1 ? await sql<StepDuration>`${stepsOf(found)}`.execute(trx) : undefined
    return { buckets, total, slowest: slowest.rows, steps: steps?.rows ?? [] }
  })
}

/** The `job` rows that a request is about. */
export function conditionsOf(organizationId: string, { filter, from, to }: TrendRequest): RawBuilder<unknown> {
  const job = expressionBuilder<Tables, 'job'>()
  return sql`${jobConditions(job, organizationId, { ...filter, createdAfter: from, createdBefore: to })}`
}

/** Every bucket of the time, and a row without a start for the whole. */
function countsByBucket(found: RawBuilder<unknown>, { from, to, bucket, timezone }: TrendRequest): RawBuilder<unknown> {
  const local = (time: RawBuilder<unknown>) => sql`date_trunc(${bucket}, ${time} at time zone ${timezone})`
  return sql`
    with found as materialized (
      select ${local(sql`job.created_at`)} as bucket, job.status, job.duration_ms,
        case when job.started_at is not null then extract(epoch from job.started_at - job.created_at) * 1000 end as queued_ms
      from job where ${found}
    ),
    grouped as (
      select bucket, grouping(bucket) = 1 as whole,
        jsonb_build_object(${sql.join(jobStatuses.flatMap((status) => [sql.lit(status), countOf(status)]))}) as counts,
        percentile_disc(array[0.5, 0.95, 1]) within group (order by duration_ms) filter (where status = 'completed') as ran,
        percentile_disc(array[0.5, 0.95, 1]) within group (order by queued_ms) as waited,
        sum(queued_ms) filter (where duration_ms is not null)
          / nullif(sum(queued_ms + duration_ms) filter (where duration_ms is not null), 0) as share
      from found group by grouping sets ((bucket), ())
    ),
    bucket as (
      select start from generate_series(
        ${local(sql`${from}::timestamptz`)}, (${to}::timestamptz - interval '1 microsecond') at time zone ${timezone},
        ${`1 ${bucket}`}::interval) start
      union all select null
    )
    select bucket.start at time zone ${timezone} as start,
      coalesce(counts, ${JSON.stringify(noJobs)}::jsonb) as counts,
      ${durationsIn(sql`ran`)} as duration, ${durationsIn(sql`waited`)} as queued, share::float8 as "queuedShare"
    from bucket left join grouped on grouped.bucket = bucket.start or (bucket.start is null and grouped.whole)
    order by bucket.start`
}

const countOf = (status: JobStatus) => sql`count(*) filter (where status = ${sql.lit(status)})`
const noJobs = Object.fromEntries(jobStatuses.map((status) => [status, 0]))

/** Of an array with the median, the 95th percentile and the longest. */
const durationsIn = (values: RawBuilder<unknown>) => sql`
  case when ${values}[1] is not null then
    jsonb_build_object('p50', round(${values}[1]), 'p95', round(${values}[2]), 'max', round(${values}[3])) end`

function slowestAssets(found: RawBuilder<unknown>, organizationId: string): RawBuilder<unknown> {
  return sql`
    with timed as (
      select asset_id, type, count(*) as runs,
        percentile_disc(array[0.5, 0.95, 1]) within group (order by duration_ms) as ran
      from job where ${found} and job.state = 'completed' and job.duration_ms is not null
      group by asset_id, type
    ),
    slowest as (select * from timed order by ran[2] desc, asset_id, type limit ${slowestShown})
    select slowest.type, slowest.runs, ${durationsIn(sql`slowest.ran`)} as duration, named.*
    from slowest, lateral (
      select asset_id, asset_kind, asset_name, asset_qualified_name, connection_id, database_name from job
      where job.asset_id = slowest.asset_id and job.organization_id = ${organizationId}::uuid
      order by created_at desc, id desc limit 1
    ) named
    order by slowest.ran[2] desc, slowest.asset_id, slowest.type`
}

function stepsOf(found: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with newest as (
      select id from job where ${found} and job.state = 'completed' order by created_at desc, id desc limit ${jobsWithSteps}
    ),
    timed as (
      select s.name, s.label, s.position, extract(epoch from s.ended_at - s.started_at) * 1000 as ms
      from newest join job_step s on s.job_id = newest.id
      where s.status = 'completed' and s.started_at is not null and s.taken_over_from is null
    )
    select name, max(label) as label, count(*) as runs,
      ${durationsIn(sql`(percentile_disc(array[0.5, 0.95, 1]) within group (order by ms))`)} as duration,
      coalesce(sum(ms) / nullif(sum(sum(ms)) over (), 0), 0)::float8 as share
    from timed group by name order by min(position)`
}

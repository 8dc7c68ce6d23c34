import type { JobStatus, JobType } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { JobFilter } from '../jobs/job-filter.ts'
import { newestJobs } from '../jobs/job-page.ts'
import { scopeOf } from '../jobs/list-scope.ts'
import { withinTime } from '../within-time.ts'

/** What is told of jobs beyond their number is told of the newest so many. */
export const sampledJobs = 10_000
const timeLimitMs = 2_000

/** The newest jobs of a filter: `id`, `key` (when they were created), and more of them. */
async function newest(
  db: Database,
  organizationId: string,
  filter: JobFilter,
  more: RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  return newestJobs(await scopeOf(db, organizationId, filter), filter, sampledJobs, more)
}

/** In milliseconds, of jobs that ran. */
export interface DurationSample {
  runs: number
  meanMs: number
  p50Ms: number
  p95Ms: number
  maxMs: number
}

/** How long the newest jobs of a filter ran; `runs` is 0 for none. `undefined` when that takes too long to find out. */
export async function sampleDurations(
  db: Database,
  organizationId: string,
  filter: JobFilter,
): Promise<DurationSample | undefined> {
  return withinTime(db, timeLimitMs, async (trx) => {
    const { rows } = await sql<DurationSample>`
      with found as (${await newest(trx, organizationId, filter, sql`job.duration_ms as ms`)})
      select count(ms) as runs, coalesce(avg(ms), 0)::float8 as "meanMs", coalesce(max(ms), 0)::float8 as "maxMs",
        coalesce(percentile_disc(0.5) within group (order by ms), 0)::float8 as "p50Ms",
        coalesce(percentile_disc(0.95) within group (order by ms), 0)::float8 as "p95Ms"
      from found`.execute(trx)
    return rows[0]
  })
}

/** Failures that have the code of their error in common, with the newest of them. */
export interface FailureCause {
  code: string
  jobs: number
  assets: number
  newestId: string
  message: string
  hint: string
  newestAt: Date
}

/** The causes of the newest failed jobs of a filter, the most frequent first. `undefined` when that takes too long. */
export async function failureCauses(
  db: Database,
  organizationId: string,
  filter: JobFilter,
): Promise<FailureCause[] | undefined> {
  const failed = { ...filter, statuses: ['failed'] as JobStatus[] }
  return withinTime(db, timeLimitMs, async (trx) => {
    const { rows } = await sql<FailureCause>`
      with found as (${await newest(trx, organizationId, failed, sql`job.asset_id, job.error`)}),
      caused as (
        select error ->> 'code' as code, count(*) as jobs, count(distinct asset_id) as assets,
          (array_agg(id order by key desc, id desc))[1] as "newestId"
        from found where error is not null group by 1
      )
      select caused.*, job.error ->> 'message' as message, job.error ->> 'hint' as hint, job.created_at as "newestAt"
      from caused join job on job.id = caused."newestId"
      order by caused.jobs desc, job.created_at desc`.execute(trx)
    return rows
  })
}

export type JobGrouping = 'type' | 'asset' | 'actor' | 'day' | 'canceller'

/** Jobs that have something in common, and the newest of them. */
export interface JobGroup {
  name: string
  type: JobType | null
  jobs: number
  newestId: string
}

const mostGroups = 10

/** The newest jobs of a filter by what they have in common, the most first. `undefined` when that takes too long. */
export async function groupJobs(
  db: Database,
  organizationId: string,
  filter: JobFilter,
  by: JobGrouping,
  timezone: string,
): Promise<JobGroup[] | undefined> {
  return withinTime(db, timeLimitMs, async (trx) => {
    const { rows } = await sql<JobGroup>`
      with found as (${await newest(trx, organizationId, filter, sql`${grouped(by, timezone)} as name`)})
      select name, ${by === 'type' ? sql`name` : sql`null`} as type, count(*) as jobs,
        (array_agg(id order by key desc, id desc))[1] as "newestId"
      from found where name is not null group by name order by count(*) desc, name limit ${mostGroups}`.execute(trx)
    return rows
  })
}

function grouped(by: JobGrouping, timezone: string): RawBuilder<unknown> {
  switch (by) {
    case 'type':
      return sql`job.type`
    case 'asset':
      return sql`job.asset_qualified_name`
    case 'actor':
      return sql`job.actor`
    case 'canceller':
      return sql`coalesce(job.cancel_requested_by, job.terminated_by)`
    case 'day':
      return sql`to_char(job.created_at at time zone ${timezone}, 'YYYY-MM-DD')`
  }
}

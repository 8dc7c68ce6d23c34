import type { JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { EventSpan } from '../jobs/next-events.ts'
import { recover } from './change-incidents.ts'
import { completedIn, type Finding } from './finding.ts'

/** What others noted is looked for this far back: each is recorded once, by its key. */
const lookBack = '1 day'
const minuteMs = 60_000

const unseen = (key: ReturnType<typeof sql>) => sql`not exists (
  select from incident_occurrence o where o.organization_id = j.organization_id and o.key = ${key})`
const ofJob = sql`j.organization_id as "organizationId", j.connection_id as "connectionId", j.asset_id as "assetId",
  j.type as "jobType", j.id as "jobId", jsonb_build_object('id', j.asset_id, 'name', j.asset_qualified_name) as about`

/** Runs that were found to be far longer than usual. */
export async function foundRegressions(trx: Trx): Promise<Finding[]> {
  const { rows } = await sql<Finding>`
    select 'regression' as kind, 'slow ' || j.id as key, j.asset_id || ' ' || j.type as cause, ${ofJob}, r.limit_ms as "limitMs",
      'Took ' || round(j.duration_ms / 1000.0) || ' s; usual are ' || round(r.p50_ms::numeric / 1000) || ' to '
        || round(r.p95_ms::numeric / 1000) || ' s' as message, j.ended_at as at
    from job_regression r join job j on j.id = r.job_id
    where r.found_at > now() - ${lookBack}::interval and ${unseen(sql`'slow ' || j.id`)}`.execute(trx)
  return rows
}

/** Ticks of schedules that started nothing, and jobs of ticks that have not begun a quarter of an hour later. */
export async function lateSchedules(trx: Trx): Promise<Finding[]> {
  const { rows } = await sql<Finding>`
    select 'late_schedule' as kind, 'tick ' || s.id || ' ' || t.at as key, s.id::text as cause, s.organization_id as "organizationId",
      a.connection_id as "connectionId", a.id as "assetId", s.type as "jobType", t.blocking_job_id as "jobId",
      jsonb_build_object('id', a.id, 'name', s.name) as about,
      'The run of ' || to_char(t.at at time zone s.timezone, 'YYYY-MM-DD HH24:MI') || ' (' || s.timezone || ') was skipped: '
        || coalesce(t.message, t.reason) as message, t.at
    from schedule_tick t join schedule s on s.id = t.schedule_id join asset a on a.id = s.asset_id
    where t.outcome = 'skipped' and t.created_at > now() - ${lookBack}::interval and s.deleted_at is null
      and not exists (select from incident_occurrence o where o.organization_id = s.organization_id and o.key = 'tick ' || s.id || ' ' || t.at)
    union all
    select 'late_schedule', 'late ' || j.id, s.id::text, j.organization_id, j.connection_id, j.asset_id, j.type, j.id,
      jsonb_build_object('id', j.asset_id, 'name', s.name), 'A run is due since '
        || to_char(j.created_at at time zone s.timezone, 'YYYY-MM-DD HH24:MI') || ' (' || s.timezone || ') and has not begun', now()
    from job j join schedule s on s.id::text = j.schedule_id
    where j.ended_at is null and j.status = 'pending' and j.created_at < now() - interval '15 minutes' and ${unseen(sql`'late ' || j.id`)}`.execute(
    trx,
  )
  return rows
}

/** A job under way that may be taking too long. */
export interface RunningJob {
  id: string
  organizationId: string
  assetId: string
  type: JobType
  startedAt: Date
  finding: Finding
}

/** Jobs that run for so long at least and that nobody was told of; the caller knows what is usual of each. */
export async function longRunningJobs(trx: Trx, leastMs: number): Promise<RunningJob[]> {
  const { rows } = await sql<Finding & { startedAt: Date }>`
    select 'long_running' as kind, 'long ' || j.id as key, j.asset_id || ' ' || j.type as cause, ${ofJob}, j.started_at as "startedAt",
      'Runs since ' || to_char(j.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC, step '
        || coalesce(j.step, 'none') || ', ' || floor(j.percent) || ' %' as message, now() as at
    from job j
    where j.ended_at is null and j.status = 'running' and not j.paused and j.started_at < now() - ${leastMs / minuteMs} * interval '1 minute'
      and ${unseen(sql`'long ' || j.id`)}
    order by j.started_at limit 200`.execute(trx)
  return rows.flatMap(({ startedAt, ...finding }) => {
    const { jobId, organizationId, assetId, jobType: type } = finding
    return jobId === null ? [] : [{ id: jobId, organizationId, assetId, type, startedAt, finding }]
  })
}

/** Ends what is over: the job ended, a run was as fast as usual, a tick started something, the late job began. */
export async function recoverSlow(trx: Trx, span: EventSpan): Promise<void> {
  await recover(
    trx,
    sql`i.kind = 'long_running' and not exists (
      select from incident_occurrence o join job j on j.id = o.job_id where o.incident_id = i.id and j.ended_at is null)`,
  )
  await recover(
    trx,
    sql`i.kind = 'regression' and exists (
      select from job j where ${completedIn(span, sql`i.job_type`)} and j.asset_id = i.asset_id
        and j.started_at > i.last_at and j.duration_ms <= i.limit_ms)`,
  )
  await recover(
    trx,
    sql`i.kind = 'late_schedule' and (
      exists (select from incident_occurrence o join schedule_tick t on o.key like 'tick ' || t.schedule_id || ' %'
        where o.incident_id = i.id and t.outcome = 'started' and t.at > i.last_at and t.created_at > now() - ${lookBack}::interval)
      or not exists (select from incident_occurrence o left join job j on j.id = o.job_id and o.key like 'late %'
        where o.incident_id = i.id and (j.id is null or j.status = 'pending')))`,
  )
}

import type { JobStatus, JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'

/** A job that ended a moment ago. Times in milliseconds; null of one that never began. */
export interface JustEnded {
  id: string
  type: JobType
  status: JobStatus
  durationMs: number | null
  queuedMs: number | null
}

/** Of an event: what a short commit may still add before an id that is seen is there by then. */
const settled = '3 seconds'
/** What changes about a job that ended longer ago than this is not its end. */
const justNow = '15 seconds'
const eventsAtOnce = 20_000

/**
 * The jobs of all organizations that ended, by the events after one, and up to which event that is. A job may be there again when
 * it changes once more within a few seconds.
 */
export async function justEnded(db: Database, after: number): Promise<{ last: number; jobs: JustEnded[] }> {
  const { rows } = await sql<{ last: number; jobs: JustEnded[] }>`
    with next as materialized (
      select id, job_id, at from job_event where id > ${after} and at < now() - ${settled}::interval
      order by id limit ${eventsAtOnce}
    )
    select coalesce((select max(id) from next), ${after}) as last, coalesce((
      select jsonb_agg(jsonb_build_object('id', id, 'type', type, 'status', status, 'durationMs', duration_ms,
        'queuedMs', extract(epoch from started_at - created_at) * 1000))
      from job where imported_at is null and ended_at is not null
        and id in (select job_id from next where next.at - job.ended_at < ${justNow}::interval)), '[]') as jobs`.execute(
    db,
  )
  return rows[0] ?? { last: after, jobs: [] }
}

/** How many jobs of all organizations are kept, by type and state. */
export async function countKeptJobs(db: Database): Promise<{ type: JobType; state: JobState; jobs: number }[]> {
  const { rows } = await sql<{ type: JobType; state: JobState; jobs: number }>`
    select type, state, sum(jobs)::float8 as jobs from job_count where scope_id = organization_id
    group by type, state having sum(jobs) > 0`.execute(db)
  return rows
}

/** How long the job that has waited longest to begin has done so, in seconds; 0 when none waits. */
export async function longestWaitSeconds(db: Database): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as seconds from job
    where ended_at is null and status = 'pending'`.execute(db)
  return rows[0]?.seconds ?? 0
}

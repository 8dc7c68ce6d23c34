import { logLevels, type LogLevel } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { containing } from '../like-pattern.ts'

/** A line as an activity writes it; it holds no secret any more. */
export interface NewLogLine {
  at: Date
  level: LogLevel
  /** Null for what belongs to no step. */
  step: string | null
  attempt: number | null
  message: string
  fields: Record<string, unknown>
}

export interface LogLineRecord extends NewLogLine {
  id: number
}

/**
 * Appends lines in one statement. It holds the row of the job while it takes their ids, as every writer of a job's log does:
 * so a reader that goes on after the last id it saw misses none. Nothing is written for a job that is not there.
 */
export async function appendJobLog(db: Database, jobId: string, lines: readonly NewLogLine[]): Promise<void> {
  if (lines.length === 0) return
  await sql`select append_job_log(${jobId}::uuid, ${JSON.stringify(lines)}::jsonb)`.execute(db)
}

/** How many lines a job has. */
export async function countJobLog(db: Database, jobId: string): Promise<number> {
  const row = await db
    .selectFrom('job_log')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('job_id', '=', jobId)
    .executeTakeFirst()
  return row?.count ?? 0
}

export interface LogFilter {
  /** This level and what is more severe. */
  level?: LogLevel | undefined
  step?: string | undefined
  /** Part of the message; case does not matter. */
  text?: string | undefined
}

export interface LogPageRequest {
  order: 'asc' | 'desc'
  /** The id of the last line of the page before. */
  after?: number | undefined
  limit: number
}

/** Lines in the order they were written, or the other way round. */
export async function readJobLog(
  db: Database,
  organizationId: string,
  jobId: string,
  filter: LogFilter,
  { order, after, limit }: LogPageRequest,
): Promise<LogLineRecord[]> {
  let query = db
    .selectFrom('job_log as l')
    .innerJoin('job', 'job.id', 'l.job_id')
    .select(['l.id', 'l.at', 'l.level', 'l.step', 'l.attempt', 'l.message', 'l.fields'])
    .where('l.job_id', '=', jobId)
    .where('job.organization_id', '=', organizationId)
  if (filter.level !== undefined) query = query.where('l.level', 'in', logLevels.slice(logLevels.indexOf(filter.level)))
  if (filter.step !== undefined) query = query.where('l.step', '=', filter.step)
  if (filter.text !== undefined) query = query.where('l.message', 'ilike', containing(filter.text))
  if (after !== undefined) query = query.where('l.id', order === 'asc' ? '>' : '<', after)
  return query.orderBy('l.id', order).limit(limit).execute()
}

/** Whether more may be logged: false once the job has ended. */
export async function isActiveJob(db: Database, organizationId: string, jobId: string): Promise<boolean> {
  const row = await db
    .selectFrom('job')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', jobId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

import { sql } from 'kysely'
import type { Trx } from './job-events.ts'

/**
 * Serializes admission per connection. Held until the transaction ends, so it is taken right before the rows of its jobs are
 * changed.
 */
export async function lockConnectionOf(trx: Trx, jobId: string): Promise<void> {
  await sql`select from lock_connection_of(${jobId}::uuid)`.execute(trx)
}

/**
 * Gives the free slots of a connection, whose row the caller has locked, to the jobs that asked for one, oldest first.
 *
 * @returns the jobs that were admitted now
 */
export async function admitWaitingJobs(trx: Trx, connectionId: string): Promise<string[]> {
  const { rows } = await sql<{ admitted: string[] }>`
    select admit_waiting_jobs(c) as admitted from connection c where c.id = ${connectionId}::uuid`.execute(trx)
  return rows[0]?.admitted ?? []
}

/** The place of a `job` row among the waiting jobs of its connection: 1 is next; null when it does not wait for a slot. */
export const queuePosition = sql<number | null>`case when job.status = 'pending' and job.queued_at is not null then (
  select count(*) + 1 from job ahead
  where ahead.connection_id = job.connection_id and ahead.status = 'pending' and ahead.ended_at is null
    and ahead.queued_at is not null and (ahead.created_at, ahead.id) < (job.created_at, job.id)) end`

/** Whether a pending `job` row waits because its connection is paused. */
export const connectionPaused = sql<boolean>`job.status = 'pending' and exists (
  select from connection c where c.id = job.connection_id and c.paused_at is not null)`

import { sql } from 'kysely'
import type { Trx } from './job-events.ts'

/**
 * Serializes admission per connection. NO KEY UPDATE, because inserting a job only needs the connection to go on existing.
 * Held until the transaction ends, so it is taken right before the rows of its jobs are changed.
 */
export async function lockConnectionOf(trx: Trx, jobId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from connection c
    where c.id = (select connection_id from job where id = ${jobId}::uuid)
    for no key update`.execute(trx)
  return rows[0]?.id
}

/**
 * Gives the free slots of a connection to the jobs that asked for one, oldest first. A slot is a row that is running, so none
 * can leak: whoever ends a row, by whatever way, gives its slot back.
 *
 * @returns the jobs that were admitted now
 */
export async function admitWaitingJobs(trx: Trx, connectionId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update job set status = 'running', started_at = now(), message = 'Running'
    where ended_at is null and id in (
      select id from job
      where connection_id = ${connectionId}::uuid and status = 'pending' and ended_at is null
        and queued_at is not null and cancel_requested_at is null
      order by created_at, id
      limit greatest(0, (select case when paused_at is null then max_concurrent_jobs else 0 end
          from connection where id = ${connectionId}::uuid)
        - (select count(*) from job where connection_id = ${connectionId}::uuid and ended_at is null and status = 'running'))
    )
    returning id`.execute(trx)
  return rows.map((row) => row.id)
}

/** The place of a `job` row among the waiting jobs of its connection: 1 is next; null when it does not wait for a slot. */
export const queuePosition = sql<number | null>`case when job.status = 'pending' and job.queued_at is not null then (
  select count(*) + 1 from job ahead
  where ahead.connection_id = job.connection_id and ahead.status = 'pending' and ahead.ended_at is null
    and ahead.queued_at is not null and (ahead.created_at, ahead.id) < (job.created_at, job.id)) end`

/** Whether a pending `job` row waits because its connection is paused. */
export const connectionPaused = sql<boolean>`job.status = 'pending' and exists (
  select from connection c where c.id = job.connection_id and c.paused_at is not null)`

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
      limit greatest(0, (select max_concurrent_jobs from connection where id = ${connectionId}::uuid)
        - (select count(*) from job where connection_id = ${connectionId}::uuid and ended_at is null and status = 'running'))
    )
    returning id`.execute(trx)
  return rows.map((row) => row.id)
}

/** How many waiting jobs of the same connection come before this one, plus one. */
export async function waitingPosition(trx: Trx, jobId: string): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    select count(*) + 1 as position from job j join job mine on mine.id = ${jobId}::uuid
    where j.connection_id = mine.connection_id and j.status = 'pending' and j.ended_at is null and j.queued_at is not null
      and (j.created_at, j.id) < (mine.created_at, mine.id)`.execute(trx)
  return rows[0]?.position ?? 1
}

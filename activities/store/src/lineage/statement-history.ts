import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/** Up to when the statements of a connection are counted, and where they were read. */
export interface HistoryRead {
  source: string
  to: Date
}

/** Null where none is, or nobody knows when they ran. */
export async function historyRead(db: Database, connectionId: string): Promise<HistoryRead | null> {
  const row = await db
    .selectFrom('connection')
    .select(['history_source', 'history_read_to'])
    .where('id', '=', connectionId)
    .executeTakeFirst()
  return row?.history_source && row.history_read_to ? { source: row.history_source, to: row.history_read_to } : null
}

/**
 * Ends the collecting of a history that told only what ran since it was read last: its calls are added to those that were known, so that
 * they are of all time from here on, as where a source counts. Once an attempt, which has begun by `resetStatements`.
 */
export async function endHistory(
  db: Database,
  lease: StepLease,
  { connectionId, upTo }: { connectionId: string; upTo: HistoryRead },
): Promise<void> {
  await underLease(db, lease, async (trx) => {
    await sql`
      update collected_statement c set calls = c.calls + s.calls from lineage_statement s
      where c.job_id = ${lease.jobId}::uuid and c.origin = 'query' and s.connection_id = ${connectionId}::uuid
        and s.origin = 'query' and s.name = c.name and s.hash = c.hash`.execute(trx)
    await sql`
      insert into collected_history (job_id, source, read_to)
      values (${lease.jobId}::uuid, ${upTo.source}, ${upTo.to.toISOString()}::timestamptz)
      on conflict (job_id) do update set source = excluded.source, read_to = excluded.read_to`.execute(trx)
  })
}

/** What a job has collected is counted by now. */
export async function noteHistoryRead(
  trx: Trx,
  { jobId, connectionId }: { jobId: string; connectionId: string },
): Promise<void> {
  await sql`
    update connection n set history_source = h.source, history_read_to = h.read_to from collected_history h
    where h.job_id = ${jobId}::uuid and n.id = ${connectionId}::uuid`.execute(trx)
}

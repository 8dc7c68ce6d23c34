import type { JobOutcome } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from './job-events.ts'

/**
 * Ends a job and gives its slot to the next.
 *
 * Idempotent: the guard is in the statement, an ended job never changes. One statement, so a crash leaves either an active
 * job that the reconciler finds, or an ended one whose slot is free.
 * @returns whether this call ended it, and the jobs admitted to the slot
 */
export async function endJob(
  db: Database | Trx,
  jobId: string,
  outcome: JobOutcome,
): Promise<{ ended: boolean; admitted: string[] }> {
  const { message, counts, error } = changesOf(outcome)
  const { rows } = await sql<{ admitted: string[] }>`
    select admitted from end_job(${jobId}::uuid, ${outcome.kind}, ${message}, ${counts}::jsonb, ${error}::jsonb)`.execute(
    db,
  )
  return { ended: rows.length > 0, admitted: rows[0]?.admitted ?? [] }
}

/** Null is left to the record, which knows who cancelled. */
function changesOf(outcome: JobOutcome): { message: string | null; counts: string | null; error: string | null } {
  switch (outcome.kind) {
    case 'completed':
      return { message: outcome.message, counts: JSON.stringify(outcome.counts), error: null }
    case 'failed':
      return { message: outcome.error.message, counts: null, error: JSON.stringify(outcome.error) }
    case 'cancelled':
      return { message: null, counts: null, error: null }
  }
}

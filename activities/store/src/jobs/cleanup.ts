import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from './job-events.ts'

/** An ended job that has left things behind. */
export interface JobToCleanUp {
  id: string
  /** Who ended it, and why. */
  message: string
}

/** How long a clean-up that did not get through is left alone. */
const againMs = 5_000

/** Notes, in the transaction that ends a job from outside, that it has left things behind. */
export async function noteCleanup(trx: Trx, jobId: string): Promise<void> {
  await sql`update job set cleanup_due_at = now() where id = ${jobId}::uuid and ended_at is null`.execute(trx)
}

/** Takes ended jobs to clean up after; whoever takes one holds it for some seconds, so several gateways share the work. */
export async function claimCleanups(db: Database, limit: number): Promise<JobToCleanUp[]> {
  const { rows } = await sql<JobToCleanUp>`
    update job set cleanup_due_at = now() + ${againMs} * interval '1 millisecond' where id in (
      select id from job where cleanup_due_at <= now() and ended_at is not null
      order by cleanup_due_at limit ${limit} for update skip locked)
    returning id, message`.execute(db)
  return rows
}

/** Notes that the clean-up of a job was started: nobody else need. */
export async function markCleanupStarted(db: Database, jobId: string): Promise<void> {
  await db.updateTable('job').set({ cleanup_due_at: null }).where('id', '=', jobId).execute()
}

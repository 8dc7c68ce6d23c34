import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { StepLease } from './step-lease.ts'

/** What was spent in a source. */
interface Spending {
  statements: number
  /** Of statements that ran, whether or not side by side. */
  ms: number
}

/** By all steps and attempts of a job, also those that were lost. */
export async function spentBy(db: Database, jobId: string): Promise<Spending> {
  const row = await db
    .selectFrom('job_step')
    .select(({ fn }) => [
      sql<number>`coalesce(${fn.sum('spent_statements')}, 0)::float8`.as('statements'),
      sql<number>`coalesce(${fn.sum('spent_ms')}, 0)::float8`.as('ms'),
    ])
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  return row
}

/** What is spent is spent: also by an attempt that another has taken over from. */
export async function addSpending(
  db: Database,
  { jobId, step }: Pick<StepLease, 'jobId' | 'step'>,
  { statements, ms }: Spending,
): Promise<void> {
  await db
    .updateTable('job_step')
    .set((eb) => ({
      spent_statements: eb('spent_statements', '+', statements),
      spent_ms: eb('spent_ms', '+', Math.round(ms)),
    }))
    .where('job_id', '=', jobId)
    .where('name', '=', step)
    .execute()
}

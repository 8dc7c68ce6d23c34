import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Whether the record answers right now. */
export async function isReachable(db: Database): Promise<boolean> {
  try {
    await sql`select 1`.execute(db)
    return true
  } catch {
    return false
  }
}

/** Jobs of all organizations that have not ended, for the operators' gauges. */
export async function countActiveJobs(
  db: Database,
): Promise<{ pending: number; running: number } & Record<string, number>> {
  const rows = await db
    .selectFrom('job')
    .select((eb) => ['status', eb.fn.countAll<number>().as('jobs')])
    .where('ended_at', 'is', null)
    .groupBy('status')
    .execute()
  return { pending: 0, running: 0, ...Object.fromEntries(rows.map((row) => [row.status, row.jobs])) }
}

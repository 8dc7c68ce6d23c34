import type { JobStatus, JobType } from '@plumbline/workflows'
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
export async function countActiveJobs(db: Database): Promise<{ type: JobType; status: JobStatus; jobs: number }[]> {
  return db
    .selectFrom('job')
    .select((eb) => ['type', 'status', eb.fn.countAll<number>().as('jobs')])
    .where('ended_at', 'is', null)
    .groupBy(['type', 'status'])
    .execute()
}

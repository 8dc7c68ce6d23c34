import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'

/** The job ended while its result was on the way (terminated, timed out): nothing is stored. */
export class JobEndedError extends Error {
  override readonly name = 'JobEndedError'
  readonly code = 'job-already-ended'
}

/** @throws JobEndedError */
export async function refuseEndedJob(trx: Trx, jobId: string): Promise<void> {
  const { rows } = await sql`select from job where id = ${jobId}::uuid and ended_at is null`.execute(trx)
  if (rows.length === 0) throw new JobEndedError('The job ended before its result was stored')
}

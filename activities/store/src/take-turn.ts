import { sql } from 'kysely'
import type { Trx } from './jobs/job-events.ts'

/**
 * Several processes may do the same in turns: who takes the turn has it until its transaction ends, and the others need not wait.
 *
 * @param lock of the advisory lock; any number that nothing else takes
 */
export async function takeTurn(trx: Trx, lock: number): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${lock}) as mine`.execute(trx)
  return rows[0]?.mine ?? false
}

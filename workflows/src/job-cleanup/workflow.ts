import { ledgerCleanup, warehouseCleanup } from '../proxies.ts'
import type { JobRef } from '../ports.ts'

/**
 * Tidies up after a job whose run was ended from outside and could not do it: what it staged, and what it left running in the
 * source. Not a job: what it did is told in the log of the job.
 */
export async function jobCleanup(ref: JobRef): Promise<{ sessions: number }> {
  await ledgerCleanup.discardStaging(ref)
  return warehouseCleanup.endSessions(ref)
}

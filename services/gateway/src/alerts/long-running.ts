import { longRunningJobs, type Finding } from '@plumbline/store'
import { usualBefore } from '../trends/usual-before.ts'

type Trx = Parameters<typeof longRunningJobs>[0]

/** A job of which nothing is usual yet may run for so long, as long as the longest step may take. */
const mostUnknownMs = 4 * 3_600_000
/** However fast it usually is, a job that runs for less bothers nobody. */
const leastMs = 15 * 60_000

/** The jobs under way that run longer than a run that would be called slow once it had ended. */
export async function runningTooLong(trx: Trx): Promise<Finding[]> {
  const found: Finding[] = []
  for (const { organizationId, assetId, type, startedAt, finding } of await longRunningJobs(trx, leastMs)) {
    const usual = await usualBefore(trx, organizationId, { assetId, type, before: startedAt })
    const limitMs = usual ? Math.max(usual.limitMs, leastMs) : mostUnknownMs
    if (Date.now() - startedAt.getTime() > limitMs) found.push(finding)
  }
  return found
}

import { claimCleanups, markCleanupStarted, type JobToCleanUp } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { deliver, type Delivery } from '../temporal/deliver.ts'

type CleanUpDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** Taken at once; more wait for the next tick. */
const batch = 50

/** Ends the runs of jobs that were ended from outside and starts what tidies up after them; one that fails keeps none waiting. */
export async function startDueCleanups(deps: CleanUpDeps): Promise<void> {
  const jobs = await claimCleanups(deps.db, batch)
  for (const job of jobs) {
    const { kind } = await cleanUpAfter(deps, job)
    if (kind === 'unreachable') return
  }
}

/** What does not get through is done again by the reconciler. */
export async function cleanUpAfter(
  { db, engine, log }: CleanUpDeps,
  { id, message }: JobToCleanUp,
): Promise<Delivery<void>> {
  return deliver(log, { jobId: id }, 'the clean-up after a job could not be started; trying again', async () => {
    await engine.terminateRun(id, message)
    await engine.startCleanup(id)
    await markCleanupStarted(db, id)
  })
}

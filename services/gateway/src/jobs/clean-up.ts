import { claimCleanups, markCleanupStarted, type JobToCleanUp } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'

type CleanUpDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** Taken at once; more wait for the next tick. */
const batch = 50

/** Ends the runs of jobs that were ended from outside and starts what tidies up after them. */
export async function startDueCleanups(deps: CleanUpDeps): Promise<void> {
  const jobs = await claimCleanups(deps.db, batch)
  for (const job of jobs) if (!(await cleanUpAfter(deps, job))) return
}

/** What does not get through is done again by the reconciler. @returns whether it got through */
export async function cleanUpAfter({ db, engine, log }: CleanUpDeps, { id, message }: JobToCleanUp): Promise<boolean> {
  try {
    await engine.terminateRun(id, message)
    await engine.startCleanup(id)
    await markCleanupStarted(db, id)
    return true
  } catch (error) {
    const level = error instanceof EngineUnreachable ? 'warn' : 'error'
    log[level]({ jobId: id, err: error }, 'the clean-up after a job could not be started; trying again')
    return false
  }
}

import { markCancelSent, requestCancel, type Actor } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { EngineUnreachable } from '../temporal/engine.ts'

type CancelDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** Ends a pending job at once and asks a running one to stop. */
export async function cancelJob(
  deps: CancelDeps,
  actor: Actor,
  jobId: string,
  reason: string | undefined,
): Promise<void> {
  const outcome = await requestCancel(deps.db, actor, jobId, reason)
  switch (outcome.kind) {
    case 'not-found':
      throw notFound('job', jobId)
    case 'already-ended':
      throw new ProblemError('job-already-ended', `The job is ${outcome.status} and never changes again`)
    case 'cancelling':
      return tellTemporal(deps, jobId, [])
    case 'ended':
      return tellTemporal(deps, jobId, outcome.admitted)
  }
}

/**
 * What does not get through, whatever the reason, is sent again by the reconciler (running) or found out by the run itself
 * (pending): the cancel is written already.
 */
export async function tellTemporal({ db, engine, log }: CancelDeps, jobId: string, admitted: string[]): Promise<void> {
  try {
    await engine.cancelRun(jobId)
    await markCancelSent(db, jobId)
    await engine.grantSlots(admitted)
  } catch (error) {
    const level = error instanceof EngineUnreachable ? 'warn' : 'error'
    log[level]({ jobId, err: error }, 'a cancel did not reach Temporal')
  }
}

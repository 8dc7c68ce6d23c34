import { activeChildrenOf, markCancelSent, requestCancel, type Actor } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { deliver } from '../temporal/deliver.ts'

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
 * Cancels a job and the active jobs that it started, which outlive it: also where it has ended itself, as long as one of them
 * is active.
 */
export async function cancelWithChildren(
  deps: CancelDeps,
  actor: Actor,
  jobId: string,
  reason: string | undefined,
): Promise<void> {
  // The parent first: it then starts no more.
  const parentEnded = await endedBefore(cancelJob(deps, actor, jobId, reason))
  const children = await activeChildrenOf(deps.db, actor.organizationId, jobId)
  if (parentEnded && children.length === 0) throw parentEnded
  for (const child of children) await endedBefore(cancelJob(deps, actor, child, reason ?? `With its parent ${jobId}`))
}

/** @returns the problem of a job that had ended; any other is thrown */
async function endedBefore(cancelling: Promise<void>): Promise<ProblemError | undefined> {
  try {
    await cancelling
    return undefined
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'job-already-ended') return error
    throw error
  }
}

/**
 * What does not get through, whatever the reason, is sent again by the reconciler (running) or found out by the run itself
 * (pending): the cancel is written already.
 */
export async function tellTemporal({ db, engine, log }: CancelDeps, jobId: string, admitted: string[]): Promise<void> {
  await deliver(log, { jobId }, 'a cancel did not reach Temporal', async () => {
    await engine.cancelRun(jobId)
    await markCancelSent(db, jobId)
    await engine.grantSlots(admitted)
  })
}

import { terminateJob as writeTermination, type Actor } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { cleanUpAfter } from './clean-up.ts'
import { wakeAdmitted } from './wake-admitted.ts'

/** Ends a job whose cancel does not end: its row at once, its run and what it left in the source as soon as Temporal hears. */
export async function terminateJob(
  deps: Pick<Deps, 'db' | 'engine' | 'log'>,
  actor: Actor,
  jobId: string,
  reason: string,
): Promise<void> {
  const outcome = await writeTermination(deps.db, actor, jobId, reason)
  switch (outcome.kind) {
    case 'not-found':
      throw notFound('job', jobId)
    case 'already-ended':
      throw new ProblemError('job-already-ended', `The job is ${outcome.status} and never changes again`)
    case 'refused':
      throw new ProblemError('job-not-terminable', outcome.reason)
    case 'ended': {
      const { kind } = await cleanUpAfter(deps, outcome.job)
      if (kind !== 'unreachable') await wakeAdmitted(deps, outcome.admitted)
    }
  }
}

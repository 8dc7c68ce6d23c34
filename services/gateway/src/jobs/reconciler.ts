import { claimActiveJobs, type ActiveJob } from '@plumbline/store'
import { taskQueues } from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import { reconcileOperations } from '../operations/reconcile-operations.ts'
import { repeat, type Repeating } from '../repeat.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { startDueCleanups } from './clean-up.ts'
import { reconcileJob } from './reconcile-job.ts'

/** Between two looks at the record. */
const tickMs = 1_000
/** An active job is compared with Temporal this often, so that a terminated run is seen well within ten seconds. */
const overdueMs = 4_000
/** Taken at once; more wait for the next tick. */
const batch = 200
/** Calls to Temporal under way at once. */
const concurrency = 8

/**
 * Looks after active jobs and operations for as long as the gateway runs. It never lists Temporal: it describes the rows that are overdue.
 * Errors are logged and the job is looked at again four seconds later.
 */
export function startReconciler(deps: Pick<Deps, 'db' | 'engine' | 'log'>): Repeating {
  return repeat(
    tickMs,
    async () => {
      await Promise.all([reconcileOverdue(deps), reconcileOperations(deps)])
    },
    (error) => deps.log.warn({ err: error }, 'could not look after what is active; trying again'),
  )
}

async function reconcileOverdue(deps: Pick<Deps, 'db' | 'engine' | 'log'>): Promise<void> {
  await startDueCleanups(deps)
  const jobs = await claimActiveJobs(deps.db, overdueMs, batch)
  const left = jobs[Symbol.iterator]()
  await Promise.all(Array.from({ length: concurrency }, () => reconcileEach(deps, left)))
  if (jobs.length > 0) await refreshWorkers(deps)
}

/** Works through the jobs that are left; without Temporal the rest waits for the next time. */
async function reconcileEach(deps: Pick<Deps, 'db' | 'engine' | 'log'>, left: Iterator<ActiveJob>): Promise<void> {
  for (let next = left.next(); !next.done; next = left.next()) {
    const job = next.value
    try {
      await reconcileJob(deps, job)
    } catch (error) {
      if (error instanceof EngineUnreachable) return
      deps.log.warn({ err: error, jobId: job.id }, 'could not compare a job with Temporal')
    }
  }
}

/** Jobs say when they wait for a worker; whether one polls is asked only while there are active jobs. */
async function refreshWorkers({ engine }: Pick<Deps, 'engine'>): Promise<void> {
  try {
    await Promise.all(taskQueues.map((queue) => engine.lookForWorker(queue)))
  } catch (error) {
    if (!(error instanceof EngineUnreachable)) throw error
  }
}

import { WorkflowFailedError, type WorkflowExecutionDescription } from '@temporalio/client'
import {
  endFromOutside,
  markPaused,
  markStarted,
  markUnreachable,
  noteRun,
  type ActiveJob,
  type EndedOutside,
} from '@plumbline/store'
import { errorCodes, type ErrorCode, type JobError, type JobOutcome } from '@plumbline/workflows'
import { jobErrorOf } from '@plumbline/workflows/job-error-of'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { tellTemporal } from './cancel-job.ts'
import { launch } from './start-job.ts'
import { statusFromTemporal } from './status-from-temporal.ts'
import { wakeAdmitted } from './wake-admitted.ts'

type ReconcileDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/**
 * Brings one active row and its run together: starts a run that never reached Temporal, sends a cancel that did not, and ends
 * the row of a run that ended without writing (terminated, timed out, lost). Everything it does is guarded by the row.
 */
export async function reconcileJob(deps: ReconcileDeps, job: ActiveJob): Promise<void> {
  const noted = job.run_id !== null
  if (noted && job.cancel_requested_at && !job.cancel_sent_at) return tellTemporal(deps, job.id, [])
  const run = await findRun(deps, job)
  if (!run) return noted ? reconcileLost(deps, job) : relaunch(deps, job)
  if (!noted) await markStarted(deps.db, job.id, run.runId)
  else if (run.runId !== job.run_id) await followRun(deps, job, run.runId)
  const status = statusFromTemporal[run.status.name]
  if (status === 'running') return followPause(deps, job, run)
  if (status !== undefined) return reconcileEnded(deps, job, run)
}

/** A job that waits to be started is told apart where that is why. */
async function findRun(
  { db, engine }: ReconcileDeps,
  job: ActiveJob,
): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await engine.describeRun(job.id)
  } catch (error) {
    if (job.run_id === null && error instanceof EngineUnreachable) await markUnreachable(db, job.id)
    throw error
  }
}

async function relaunch(deps: ReconcileDeps, job: ActiveJob): Promise<void> {
  const { id, type, organization_id: organizationId, asset_id: assetId, config } = job
  const runId = await launch(deps, { id, type, organizationId, assetId, config })
  if (runId !== undefined) await markStarted(deps.db, id, runId)
}

/**
 * Temporal knows nothing of the run: its history was lost. A job that never began has had no effect: it is simply started
 * again. One that was to be cancelled is; any other that had begun is lost, and a retry may take over what it finished.
 */
async function reconcileLost(deps: ReconcileDeps, job: ActiveJob): Promise<void> {
  if (job.status === 'pending') return relaunch(deps, job)
  if (job.cancel_requested_at) return end(deps, job, { outcome: { kind: 'cancelled' }, unfinished: true })
  const outcome = failedBy('run-lost', 'Temporal does not know the run of this job any more')
  await end(deps, job, { outcome, unfinished: true })
}

/** A run that was reset in Temporal goes on under another id, from an earlier point. */
async function followRun({ db, log }: ReconcileDeps, job: ActiveJob, runId: string): Promise<void> {
  log.info({ jobId: job.id, before: job.run_id, after: runId }, 'a job goes on in another run')
  await noteRun(db, job.id, runId)
}

/** Paused in Temporal: the run as a whole, or an activity of it. */
async function followPause(deps: ReconcileDeps, job: ActiveJob, run: WorkflowExecutionDescription): Promise<void> {
  const activities = run.raw.pendingActivities ?? []
  const paused = run.status.name === 'PAUSED' || activities.some((activity) => activity.paused === true)
  if (paused !== job.paused) await markPaused(deps.db, job.id, paused)
}

async function reconcileEnded(deps: ReconcileDeps, job: ActiveJob, run: WorkflowExecutionDescription): Promise<void> {
  const { name } = run.status
  if (name === 'TERMINATED') {
    const by = (await deps.engine.terminationOf(job.id)) ?? { by: 'Temporal', reason: undefined }
    const cancelled = { ...by, reason: by.reason ?? 'terminated in Temporal' }
    return end(deps, job, { outcome: { kind: 'cancelled' }, cancelled, unfinished: true })
  }
  if (name === 'TIMED_OUT') {
    const outcome = failedBy('run-timed-out', 'The run reached its time limit in Temporal')
    return end(deps, job, { outcome, unfinished: true })
  }
  const outcome: JobOutcome = name === 'CANCELLED' ? { kind: 'cancelled' } : await outcomeOf(deps, job.id)
  return end(deps, job, { outcome, unfinished: false })
}

const zResult = z.object({ message: z.string(), counts: z.record(z.string(), z.number()) })

/** The outcome of a run that closed by itself but whose last write was lost; also where its result is of another version. */
async function outcomeOf({ engine }: ReconcileDeps, jobId: string): Promise<JobOutcome> {
  try {
    const result = zResult.safeParse(await engine.resultOf(jobId))
    return { kind: 'completed', ...(result.success ? result.data : { message: 'Completed', counts: {} }) }
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error
    return { kind: 'failed', error: jobErrorOf(error.cause ?? error) }
  }
}

function failedBy(code: ErrorCode, message: string): JobOutcome {
  const { retryable, hint } = errorCodes[code]
  const error: JobError = { code, message, retryable, hint, stack: null, causes: [] }
  return { kind: 'failed', error }
}

async function end({ db, engine, log }: ReconcileDeps, job: ActiveJob, how: EndedOutside): Promise<void> {
  const { ended, admitted } = await endFromOutside(db, job.id, how)
  if (!ended) return
  log.info({ jobId: job.id, outcome: how.outcome.kind }, 'ended a job whose run did not')
  await wakeAdmitted({ engine, log }, admitted)
}

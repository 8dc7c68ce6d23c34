import { ActivityFailure, ApplicationFailure, CancelledFailure, RetryState } from '@temporalio/common'
import {
  CancellationScope,
  condition,
  defineSignal,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  setHandler,
} from '@temporalio/workflow'
import type { ErrorCode } from './errors.ts'
import { jobErrorOf } from './job-error-of.ts'
import { lifecycle } from './proxies.ts'
import { slotGrantedSignal, workflowIdOf } from './workflow-id.ts'
import type { Admission, Counts, FinishedStep, JobOutcome, JobRef } from './ports.ts'

/** What every job workflow gets. The configuration is small and holds no secret. */
export interface JobInput<Config = Record<string, unknown>> {
  jobId: string
  config: Config
  /** The step that the job begins with, without asking: a slot is kept for it, which the first attempt of the step takes. */
  opens?: string
}

export interface JobResult {
  /** One sentence for the list: what came of it. */
  message: string
  counts: Counts
}

export interface JobContext<Step extends string> {
  readonly ref: JobRef
  /**
   * Runs the work of a step, timed and recorded as such, and gives what it came to. A step that an earlier attempt finished,
   * and that this one takes over, is not run again: its result is the earlier one. Results are small: counts, never rows.
   */
  step<Result>(name: Step, work: () => Promise<Result>): Promise<Result>
}

type Admitted = Extract<Admission, { kind: 'admitted' }>

const slotGranted = defineSignal(slotGrantedSignal)

/**
 * The life of every job: admitted, steps, ended.
 *
 * The end is recorded where cancellation cannot reach it, and until it succeeds; a run that is terminated or times out
 * never comes here and is ended by the reconciler.
 */
export async function runJob<Step extends string>(
  input: JobInput<unknown>,
  work: (job: JobContext<Step>) => Promise<JobResult>,
): Promise<JobResult> {
  const { jobId, opens } = input
  const ask = admissionOf(jobId)
  try {
    const steps = opens === undefined ? stepsOf({ jobId }, await ask()) : keptSteps({ jobId }, opens, ask)
    const result = await work(steps)
    await recordEnd(jobId, { kind: 'completed', ...result })
    return result
  } catch (error) {
    if (error instanceof EndedBefore) return { message: error.message, counts: {} }
    const outcome = outcomeOf(error)
    await recordEnd(jobId, outcome)
    throw outcome.kind === 'cancelled' && !isCancellation(error)
      ? new CancelledFailure('The job was cancelled', undefined, error instanceof Error ? error : undefined)
      : error
  }
}

/**
 * A step that fails, or loses its worker, before it hears of the cancel would have been tried again without it: Temporal says so,
 * and the cancel is what ended the job.
 */
function outcomeOf(error: unknown): JobOutcome {
  const cancelled = error instanceof ActivityFailure && error.retryState === RetryState.CANCEL_REQUESTED
  return cancelled || isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', error: jobErrorOf(error) }
}

/**
 * Steps one after the other; each is written as finished with the opening of the next, or with the end of the job. The first
 * was opened with the admission: one write less, and a third of what a job of one step costs the worker.
 */
function stepsOf<Step extends string>(ref: JobRef, admitted: Admitted): JobContext<Step> {
  const earlier = new Map((admitted.finished ?? []).map(({ step, result }) => [step, result]))
  let finished: FinishedStep | null = null
  return {
    ref,
    async step<Result>(step: Step, work: () => Promise<Result>): Promise<Result> {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the same step of the same version: `allowedActions` refuses the retry otherwise
      if (earlier.has(step)) return earlier.get(step) as Result
      if (finished !== null || step !== admitted.opened) await lifecycle.openStep({ ...ref, step, finished })
      const result = await work()
      finished = { step, result }
      return result
    },
  }
}

/**
 * Steps of a job that a slot is kept for: the first attempt of its first step begins the job. Where the record refuses that (the slot
 * was given up, or the run was reset and its job has begun before), the job asks for its slot like any other, and the step begins then.
 */
function keptSteps<Step extends string>(ref: JobRef, opens: string, ask: Ask): JobContext<Step> {
  let steps = stepsOf<Step>(ref, { kind: 'admitted', opened: opens })
  return {
    ref,
    async step<Result>(step: Step, work: () => Promise<Result>): Promise<Result> {
      if (step !== opens) return steps.step(step, work)
      try {
        return await steps.step(step, work)
      } catch (error) {
        if (!isRefused(error)) throw error
        steps = stepsOf(ref, await ask())
        return steps.step(step, work)
      }
    },
  }
}

const refusals: readonly ErrorCode[] = ['slot-given-up', 'attempt-superseded', 'job-already-ended']

function isRefused(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : undefined
  return cause instanceof ApplicationFailure && refusals.some((code) => code === cause.type)
}

/** It was cancelled before it began. */
class EndedBefore extends Error {
  override readonly name = 'EndedBefore'
  override readonly message = 'Ended before it began'
}

type Ask = () => Promise<Admitted>

/**
 * Waits, durably, until the connection has a free slot for this job. The signal of the ended job is the fast way; the timer
 * behind it covers one that was lost, and backs off so that hours of waiting stay far below the history limit.
 *
 * @throws EndedBefore
 */
function admissionOf(jobId: string): Ask {
  let granted = false
  setHandler(slotGranted, () => {
    granted = true
  })
  return async () => {
    for (let waitMs = 10_000; ; waitMs = Math.min(waitMs * 2, 300_000)) {
      const answer = await lifecycle.begin({ jobId })
      if (answer.kind === 'ended') throw new EndedBefore()
      if (answer.kind === 'admitted') return answer
      await condition(() => granted, waitMs)
      granted = false
    }
  }
}

async function recordEnd(jobId: string, outcome: JobOutcome): Promise<void> {
  const { admitted } = await CancellationScope.nonCancellable(() => lifecycle.end({ jobId, outcome }))
  if (admitted.length > 0) await CancellationScope.nonCancellable(() => Promise.all(admitted.map(grantSlot)))
}

/** A job that cannot be signalled (not started yet, or already gone) asks for its slot by itself. */
async function grantSlot(jobId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowIdOf(jobId)).signal(slotGranted)
  } catch (error) {
    log.warn('the next job could not be signalled', { next: jobId, reason: String(error) })
  }
}

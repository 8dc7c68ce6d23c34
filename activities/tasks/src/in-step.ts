import type { JobLedger, JobScope, StepProgress } from '@plumbline/store'
import type { JobRef } from '@plumbline/workflows'
import { Context, log } from '@temporalio/activity'
import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { redactor, toFailure } from './failures.ts'
import { progressWriter } from './progress-writer.ts'
import { waitingOutTheRecord } from './record-patience.ts'

/** What the work of a step may use. */
export interface StepContext {
  job: JobScope
  /** Aborts when the job is cancelled, and when the worker must stop. */
  signal: AbortSignal
  /** Kept, and written at most once a second; the last one always is. */
  progress: (progress: StepProgress) => void
  /** What an earlier attempt gave to `checkpoint` last. */
  resumeFrom: string | undefined
  /** Where a later attempt can go on: small, travels with the heartbeat. */
  checkpoint: (cursor: string) => void
  /** Values that must appear in no error from now on. */
  hide: (secrets: Iterable<string>) => void
}

const heartbeatEveryMs = 1000

/**
 * Runs the work of an activity as part of a step: counts the attempt, heartbeats (which is also how a cancel arrives), writes
 * progress, and turns whatever is thrown into what Temporal and the record understand. A record that is away is waited for
 * inside the attempt, and the work then begins again from its last checkpoint: an outage costs a job no attempts.
 *
 * A job that has ended is not worked for again, whoever asks: its run may have been reset in Temporal.
 *
 * @throws CancelledFailure when the job was cancelled; ApplicationFailure else
 */
export async function inStep<T>(
  ledger: JobLedger,
  { jobId }: JobRef,
  step: string,
  work: (context: StepContext) => Promise<T>,
): Promise<T> {
  const activity = Context.current()
  const { attempt } = activity.info
  const secrets = new Set<string>()
  const cursor = cursorOf(activity)
  const progress = progressWriter(
    (newest) => ledger.recordProgress(jobId, step, newest),
    (error) => log.warn('progress was not written', { reason: String(error) }),
  )
  const beat = setInterval(() => {
    activity.heartbeat(cursor.current)
    void progress.flush()
  }, heartbeatEveryMs)
  try {
    const result = await waitingOutTheRecord(activity, async () => {
      const job = activeJob(jobId, await ledger.beginAttempt(jobId, step, attempt))
      return work({
        job,
        signal: activity.cancellationSignal,
        progress: (newest) => progress.set(newest),
        resumeFrom: cursor.current,
        checkpoint: (next) => cursor.set(next),
        hide: (values) => {
          for (const value of values) secrets.add(value)
        },
      })
    })
    await progress.finish()
    return result
  } catch (error) {
    await progress.finish()
    throw await failureOf(error, activity, secrets, (message) => ledger.recordAttempt(jobId, step, attempt, message))
  } finally {
    clearInterval(beat)
  }
}

function activeJob(jobId: string, job: JobScope | undefined): JobScope {
  if (!job) throw ApplicationFailure.create({ type: 'not-found', nonRetryable: true, message: `No job ${jobId}` })
  if (job.ended) {
    throw ApplicationFailure.create({
      type: 'job-already-ended',
      nonRetryable: true,
      message: `Job ${jobId} has ended`,
    })
  }
  return job
}

function cursorOf(activity: Context) {
  const { heartbeatDetails } = activity.info
  const cursor = {
    /** Sent again as long as nothing newer is known: a second retry goes on where the first one did. */
    current: typeof heartbeatDetails === 'string' ? heartbeatDetails : undefined,
    set(next: string) {
      cursor.current = next
    },
  }
  return cursor
}

async function failureOf(
  error: unknown,
  activity: Context,
  secrets: Iterable<string>,
  record: (message: string) => Promise<void>,
): Promise<Error> {
  const interrupted = interruptionOf(activity)
  if (interrupted) return interrupted
  const failure = toFailure(error, redactor(secrets))
  try {
    await record(failure.message)
  } catch (unwritten) {
    log.warn('the error of an attempt was not written', { reason: String(unwritten) })
  }
  return failure
}

/**
 * Only a cancel that was asked for ends the job. A worker that shuts down, or an attempt that the server gave up on, aborts by
 * the same signal, but leaves the work to another worker.
 */
export function interruptionOf(activity: Context): Error | undefined {
  if (!activity.cancellationSignal.aborted) return undefined
  if (activity.cancellationDetails?.cancelRequested) return new CancelledFailure('The job was cancelled')
  return ApplicationFailure.create({ type: 'worker-lost', message: 'The worker stopped; another one goes on' })
}

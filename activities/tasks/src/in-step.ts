import {
  AttemptSupersededError,
  JobEndedError,
  SlotGivenUpError,
  type BegunAttempt,
  type JobLedger,
  type JobScope,
  type Opening,
  type StepLease,
  type StepProgress,
} from '@plumbline/store'
import type { JobRef, LogLevel } from '@plumbline/workflows'
import { Context, log } from '@temporalio/activity'
import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { codeOf, redactor, toFailure } from './failures.ts'
import { jobLogWriter } from './job-log-writer.ts'
import { nextAttempt } from './next-attempt.ts'
import { progressWriter } from './progress-writer.ts'
import { waitingOutTheRecord } from './record-patience.ts'

/** What the work of a step may use. */
export interface StepContext {
  job: JobScope
  /** How the source of the job is opened; undefined where the step did not ask, or its connection was deleted. */
  opening: Opening | undefined
  /** What each of its writes goes by: refused once the job has ended or a newer attempt began. */
  lease: StepLease
  /** Aborts when the job is cancelled, and when the worker must stop. */
  signal: AbortSignal
  /** Kept, and written at most once a second; the last one always is. */
  progress: (progress: StepProgress) => void
  /** What an earlier attempt gave to `checkpoint` last. */
  resumeFrom: string | undefined
  /** Where a later attempt can go on: small, travels with the heartbeat. */
  checkpoint: (cursor: string) => void
  /** Values that must appear in no error and no line of the log from now on. */
  hide: (secrets: Iterable<string>) => void
  /** A line of the job's log; written once a second, and lost rather than waited for. */
  log: (level: LogLevel, message: string, fields?: Record<string, unknown>) => void
}

const heartbeatEveryMs = 1000
/** With their pauses, half a minute. */
const usualTries = 5

/**
 * Runs the work of an activity as part of a step: counts the attempt, heartbeats (which is also how a cancel arrives), writes
 * progress, and turns whatever is thrown into what Temporal and the record understand. A record that is away is waited for
 * inside the attempt, and the work then begins again from its last checkpoint: an outage costs a job no attempts.
 *
 * A job that has ended is not worked for again, whoever asks: its run may have been reset in Temporal.
 *
 * The step ends with its own error at the last of its `tries`. Attempts that were lost with their worker are none of them: their
 * limit is Temporal's, and far above, so that they end no job whose source was hardly asked.
 *
 * @throws CancelledFailure when the job was cancelled; ApplicationFailure else
 */
export async function inStep<T>(
  ledger: JobLedger,
  { jobId }: JobRef,
  step: string,
  work: (context: StepContext) => Promise<T>,
  { tries = usualTries, opensSource = false }: { tries?: number; opensSource?: boolean } = {},
): Promise<T> {
  const activity = Context.current()
  const lease = leaseOf(activity, jobId, step)
  const secrets = new Set<string>()
  const cursor = cursorOf(activity)
  const progress = progressWriter(
    (newest) => ledger.recordProgress(lease, newest),
    (error) => log.warn('progress was not written', { reason: String(error) }),
  )
  const lines = jobLogWriter({
    ledger,
    lease,
    redact: (text) => redactor(secrets)(text),
    onError: (error) => log.warn('lines of a job log were not written', { jobId, reason: String(error) }),
  })
  const beat = setInterval(() => {
    activity.heartbeat(cursor.current)
    void progress.flush()
    void lines.flush()
  }, heartbeatEveryMs)
  let lost = 0
  try {
    const result = await waitingOutTheRecord(activity, async () => {
      const { failures, opening, ...job } = await begun(ledger, lease, opensSource)
      lost = Math.max(0, lease.attempt - 1 - failures)
      if (lease.attempt > 1) lines.add('info', `Attempt ${lease.attempt} began`)
      return work({
        job,
        opening,
        lease,
        signal: activity.cancellationSignal,
        progress: (newest) => progress.set(newest),
        resumeFrom: cursor.current,
        checkpoint: (next) => cursor.set(next),
        hide: (values) => {
          for (const value of values) secrets.add(value)
        },
        log: lines.add,
      })
    })
    await Promise.all([progress.finish(), lines.finish()])
    return result
  } catch (error) {
    await progress.finish()
    const failure = await failureOf(error, { activity, tries: tries + lost, secrets, ledger, lease, log: lines.add })
    await lines.finish()
    throw failure
  } finally {
    clearInterval(beat)
  }
}

const leaseOf = ({ info }: Context, jobId: string, step: string): StepLease => ({
  jobId,
  step,
  attempt: info.attempt,
  runId: info.workflowExecution?.runId ?? '',
})

async function begun(ledger: JobLedger, lease: StepLease, opening: boolean): Promise<BegunAttempt> {
  const job = await ledger.beginAttempt(lease, { opening })
  if (job) return job
  throw ApplicationFailure.create({ type: 'not-found', nonRetryable: true, message: `No job ${lease.jobId}` })
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

interface Attempt {
  activity: Context
  /** The attempt that is the last. */
  tries: number
  secrets: Iterable<string>
  ledger: JobLedger
  lease: StepLease
  log: StepContext['log']
}

async function failureOf(error: unknown, attempt: Attempt): Promise<Error> {
  const interrupted = interruptionOf(attempt.activity)
  if (interrupted) {
    if (interrupted instanceof ApplicationFailure) attempt.log('warn', interrupted.message)
    return interrupted
  }
  const last = attempt.lease.attempt >= attempt.tries && codeOf(error) !== 'record-unreachable'
  const failure = toFailure(error, redactor(attempt.secrets), { last })
  if (!isRefusal(error)) await noteFailure(failure, attempt)
  return failure
}

/** An attempt that has no lease, or lost it, ends without a word: whoever took it over, or asks for a slot, tells the rest. */
const isRefusal = (error: unknown): boolean =>
  error instanceof JobEndedError || error instanceof SlotGivenUpError || error instanceof AttemptSupersededError

async function noteFailure(failure: ApplicationFailure, attempt: Attempt): Promise<void> {
  const { activity, ledger, lease, log: add } = attempt
  const next = nextAttempt(activity.info, failure, attempt.tries)
  const said = [failure.message, ...(next ? [next.text] : [])].join('; ')
  add(next ? 'warn' : 'error', `Attempt ${lease.attempt} failed: ${said}`, { code: failure.type })
  try {
    const retry = next ? { at: next.at, message: said } : null
    await ledger.failAttempt(lease, { error: failure.message, retry })
  } catch (unwritten) {
    log.warn('the error of an attempt was not written', { reason: String(unwritten) })
  }
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

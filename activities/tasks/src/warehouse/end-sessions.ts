import { appendJobLog, type JobLedger } from '@plumbline/store'
import type { LogLevel } from '@plumbline/workflows'
import { Context, log } from '@temporalio/activity'
import { redactor, toFailure } from '../failures.ts'
import { labelOf, sourceOf, type SourceDeps } from '../source.ts'

/** Ends what a job that has ended left running in its source, and tells so in its log. A job that is active is let be. */
export async function endSessions(
  deps: SourceDeps & { ledger: JobLedger },
  jobId: string,
): Promise<{ sessions: number }> {
  const activity = Context.current()
  const secrets: string[] = []
  try {
    const job = await deps.ledger.jobScope(jobId)
    if (!job?.ended) return { sessions: 0 }
    const { connector, target } = await sourceOf(deps, job.connectionId, (values) => secrets.push(...values))
    const options = { label: 'plumbline clean-up', signal: activity.cancellationSignal }
    const sessions = await connector.endSessions(target, labelOf(jobId), options)
    const counted = sessions === 1 ? '1 session' : `${sessions} sessions`
    await tell(deps, jobId, 'info', `Clean-up: ended ${counted} that the job had left in the source`, { sessions })
    return { sessions }
  } catch (error) {
    const failure = toFailure(error, redactor(secrets))
    // Said once: it is tried for an hour, and most often the source is simply away.
    if (activity.info.attempt === 1) {
      const message = `Clean-up: what the job left in the source could not be ended yet: ${failure.message}`
      await tell(deps, jobId, 'warn', message, { code: failure.type })
    }
    throw failure
  }
}

/** As every log: lost rather than worth failing for. */
async function tell(
  { db }: SourceDeps,
  jobId: string,
  level: LogLevel,
  message: string,
  fields: Record<string, unknown>,
): Promise<void> {
  try {
    await appendJobLog(db, jobId, [{ at: new Date(), level, step: null, attempt: null, message, fields }])
  } catch (error) {
    log.warn('a line of a job log was not written', { jobId, reason: String(error) })
  }
}

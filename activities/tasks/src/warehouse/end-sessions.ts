import { appendJobLog, type JobLedger } from '@plumbline/store'
import { Context } from '@temporalio/activity'
import { redactor, toFailure } from '../failures.ts'
import { labelOf, sourceOf, type SourceDeps } from '../source.ts'

/** Ends what a job that has ended left running in its source, and tells so in its log. A job that is active is let be. */
export async function endSessions(
  deps: SourceDeps & { ledger: JobLedger },
  jobId: string,
): Promise<{ sessions: number }> {
  const secrets: string[] = []
  try {
    const job = await deps.ledger.jobScope(jobId)
    if (!job?.ended) return { sessions: 0 }
    const { connector, target } = await sourceOf(deps, job.connectionId, (values) => secrets.push(...values))
    const signal = Context.current().cancellationSignal
    const sessions = await connector.endSessions(target, labelOf(jobId), { label: 'plumbline clean-up', signal })
    await appendJobLog(deps.db, jobId, [
      {
        at: new Date(),
        level: 'info',
        step: null,
        attempt: null,
        message: `Clean-up: ended ${sessions} ${sessions === 1 ? 'session' : 'sessions'} that the job had left in the source`,
        fields: { sessions },
      },
    ])
    return { sessions }
  } catch (error) {
    throw toFailure(error, redactor(secrets))
  }
}

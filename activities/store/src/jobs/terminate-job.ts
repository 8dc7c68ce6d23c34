import { allowedActions, hasEnded } from '@plumbline/workflows'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { actionFacts } from './action-facts.ts'
import { noteCleanup, type JobToCleanUp } from './cleanup.ts'
import { endJob } from './end-job.ts'
import { lockJob } from './job-control.ts'

export type Terminated =
  | { kind: 'ended'; job: JobToCleanUp; admitted: string[] }
  | { kind: 'refused'; reason: string }
  | { kind: 'already-ended'; status: string }
  | { kind: 'not-found' }

/**
 * Ends a job by force, by the rule that the page shows too: its row at once, so that its slot is free; its run, and what it
 * left in the source, after the commit.
 */
export async function terminateJob(db: Database, actor: Actor, jobId: string, reason: string): Promise<Terminated> {
  if (!isUuid(jobId)) return { kind: 'not-found' }
  return db.transaction().execute(async (trx): Promise<Terminated> => {
    const job = await lockJob(trx, actor.organizationId, jobId)
    if (!job) return { kind: 'not-found' }
    if (hasEnded(job.status)) return { kind: 'already-ended', status: job.status }
    const decision = allowedActions(actionFacts(job)).terminate
    if (!decision.allowed) return { kind: 'refused', reason: decision.reason }
    await trx
      .updateTable('job')
      .set({ terminated_by: actor.name, terminate_reason: reason })
      .where('id', '=', jobId)
      .execute()
    await noteCleanup(trx, jobId)
    await appendAudit(trx, actor, { action: 'job.terminate', target: { kind: 'job', id: jobId }, reason })
    const { admitted } = await endJob(trx, jobId, { kind: 'cancelled' })
    return { kind: 'ended', job: { id: jobId, message: `Terminated by ${actor.name}: ${reason}` }, admitted }
  })
}

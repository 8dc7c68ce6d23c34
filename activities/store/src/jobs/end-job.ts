import type { JobOutcome } from '@plumbline/workflows'
import { sql } from 'kysely'
import { admitWaitingJobs, lockConnectionOf } from './admit-jobs.ts'
import { appendJobEvents, type Trx } from './job-events.ts'
import { discardStaging } from './job-staging.ts'

/**
 * Ends a job and gives its slot to the next.
 *
 * Idempotent: the guard is in the statement, an ended job never changes. One transaction, so a crash leaves either an active
 * job that the reconciler finds, or an ended one whose slot is free.
 * @returns whether this call ended it, and the jobs admitted to the slot
 */
export async function endJob(
  trx: Trx,
  jobId: string,
  outcome: JobOutcome,
): Promise<{ ended: boolean; admitted: string[] }> {
  const connectionId = await lockConnectionOf(trx, jobId)
  if (connectionId === undefined || !(await writeEnd(trx, jobId, outcome))) return { ended: false, admitted: [] }
  await sql`update job_step set status = ${outcome.kind}, ended_at = now(), next_attempt_at = null
    where job_id = ${jobId}::uuid and status = 'running'`.execute(trx)
  if (outcome.kind === 'completed' || !(await keepFinishedSteps(trx, jobId))) await discardStaging(trx, jobId)
  const resolved = outcome.kind === 'completed' ? await resolveChain(trx, jobId) : []
  const admitted = await admitWaitingJobs(trx, connectionId)
  await appendJobEvents(trx, [jobId, ...resolved, ...admitted])
  return { ended: true, admitted }
}

/** What finished steps found stays for a retry that goes on from there. @returns whether any step had finished */
async function keepFinishedSteps(trx: Trx, jobId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update job set finished_steps = finished.versions
    from (select jsonb_object_agg(name, version) as versions from job_step
      where job_id = ${jobId}::uuid and status = 'completed') finished
    where id = ${jobId}::uuid and finished.versions is not null`.execute(trx)
  return numAffectedRows === 1n
}

async function writeEnd(trx: Trx, jobId: string, outcome: JobOutcome): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('job')
    .set({ status: outcome.kind, ended_at: sql<Date>`now()`, ...changesOf(outcome) })
    .where('id', '=', jobId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function changesOf(outcome: JobOutcome) {
  switch (outcome.kind) {
    case 'completed':
      return { percent: 100, message: outcome.message, counts: JSON.stringify(outcome.counts) }
    case 'failed':
      return { message: outcome.error.message, error: JSON.stringify(outcome.error) }
    case 'cancelled':
      return {
        cancel_requested_at: sql<Date>`coalesce(cancel_requested_at, now())`,
        cancel_requested_by: sql<string>`coalesce(cancel_requested_by, 'Temporal')`,
        message: sql<string>`case when terminated_by is not null
          then 'Terminated by ' || terminated_by || coalesce(': ' || terminate_reason, '')
          else 'Cancelled by ' || coalesce(cancel_requested_by, 'Temporal') || coalesce(': ' || cancel_reason, '') end`,
      }
  }
}

/** A failure that a later attempt fixed is resolved. */
async function resolveChain(trx: Trx, jobId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update job set resolved_by_job_id = ${jobId}::uuid
    where root_job_id = (select root_job_id from job where id = ${jobId}::uuid)
      and id <> ${jobId}::uuid and status = 'failed' and resolved_by_job_id is null
    returning id`.execute(trx)
  return rows.map((row) => row.id)
}

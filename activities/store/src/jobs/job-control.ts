import { hasEnded, type JobOutcome, type JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { lockConnectionOf } from './admit-jobs.ts'
import { noteCleanup } from './cleanup.ts'
import { endJob } from './end-job.ts'
import { appendJobEvents, type Trx } from './job-events.ts'

export type CancelRequested =
  | { kind: 'ended'; admitted: string[] }
  | { kind: 'cancelling' }
  | { kind: 'already-ended'; status: string }
  | { kind: 'not-found' }

/** A pending job ends at once; a running one is marked, and its workflow is told after the commit. */
export async function requestCancel(
  db: Database,
  actor: Actor,
  jobId: string,
  reason: string | undefined,
): Promise<CancelRequested> {
  return db.transaction().execute((trx) => requestCancelIn(trx, actor, jobId, reason))
}

/** `requestCancel` as a part of a transaction. */
export async function requestCancelIn(
  trx: Trx,
  actor: Actor,
  jobId: string,
  reason: string | undefined,
): Promise<CancelRequested> {
  if (!isUuid(jobId)) return { kind: 'not-found' }
  const job = await lockJob(trx, actor.organizationId, jobId)
  if (!job) return { kind: 'not-found' }
  if (hasEnded(job.status)) return { kind: 'already-ended', status: job.status }
  await trx
    .updateTable('job')
    .set({ cancel_requested_at: new Date(), cancel_requested_by: actor.name, cancel_reason: reason ?? null })
    .where('id', '=', jobId)
    .where('cancel_requested_at', 'is', null)
    .execute()
  await appendAudit(trx, actor, { action: 'job.cancel', target: { kind: 'job', id: jobId }, reason })
  if (job.status === 'pending') {
    const { admitted } = await endJob(trx, jobId, { kind: 'cancelled' })
    return { kind: 'ended', admitted }
  }
  await appendJobEvents(trx, [jobId])
  return { kind: 'cancelling' }
}

/** The jobs that a job started and that have not ended, oldest first. */
export async function activeChildrenOf(db: Database, organizationId: string, jobId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('job')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('parent_job_id', '=', jobId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Connection before job: the order in which every writer takes its locks. */
export async function lockJob(trx: Trx, organizationId: string, jobId: string) {
  await lockConnectionOf(trx, jobId)
  return trx
    .selectFrom('job')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', jobId)
    .forUpdate()
    .executeTakeFirst()
}

/** Notes that the start of a job reached Temporal; its run notes it too, as soon as it asks for a slot. */
export async function markStarted(db: Database, jobId: string, runId: string): Promise<void> {
  await sql`select from mark_started(${jobId}::uuid, ${runId})`.execute(db)
}

/**
 * Notes that it did not; the event shows the reason on the page. Others need not wait for the slot that was kept for it: whoever asks
 * next gets it.
 */
export async function markUnreachable(db: Database, jobId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('job')
      .set({ unreachable: true, slot_kept: false })
      .where('id', '=', jobId)
      .where('status', '=', 'pending')
      .where('unreachable', '=', false)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) await appendJobEvents(trx, [jobId])
  })
}

/** Notes that Temporal was told: the reconciler need not. */
export async function markCancelSent(db: Database, jobId: string): Promise<void> {
  await db.updateTable('job').set({ cancel_sent_at: new Date() }).where('id', '=', jobId).execute()
}

export interface ActiveJob {
  id: string
  organization_id: string
  asset_id: string
  type: JobType
  config: Record<string, unknown>
  run_id: string | null
  status: 'pending' | 'running'
  paused: boolean
  cancel_requested_at: Date | null
  cancel_sent_at: Date | null
}

/**
 * Takes the active jobs that nobody compared with Temporal for a while; whoever takes one holds it for that while, so several
 * gateways share the work.
 */
export async function claimActiveJobs(db: Database, overdueMs: number, limit: number): Promise<ActiveJob[]> {
  const { rows } = await sql<ActiveJob>`
    update job set checked_at = now() where id in (
      select id from job where ended_at is null and checked_at < now() - ${overdueMs} * interval '1 millisecond'
      order by checked_at limit ${limit} for update skip locked)
    returning id, organization_id, asset_id, type, config, run_id, status, paused, cancel_requested_at, cancel_sent_at`.execute(
    db,
  )
  return rows
}

export interface EndedOutside {
  outcome: JobOutcome
  /** Who and why, where Temporal knows it. */
  cancelled?: { by: string; reason: string | undefined }
  /** Whether its activities may still work, in the source too. */
  unfinished: boolean
}

/** Ends a job on behalf of a run that could not do it itself. */
export async function endFromOutside(
  db: Database,
  jobId: string,
  { outcome, cancelled, unfinished }: EndedOutside,
): Promise<{ ended: boolean; admitted: string[] }> {
  return db.transaction().execute(async (trx) => {
    await lockConnectionOf(trx, jobId)
    if (unfinished) await noteCleanup(trx, jobId)
    await sql`select log_job(${jobId}::uuid, 'warn', null, 'Its run is over without a word of its own: the record is set right')
      from job where id = ${jobId}::uuid and ended_at is null`.execute(trx)
    if (cancelled) {
      await trx
        .updateTable('job')
        .set({
          cancel_requested_at: new Date(),
          cancel_requested_by: cancelled.by,
          cancel_reason: cancelled.reason ?? null,
        })
        .where('id', '=', jobId)
        .where('ended_at', 'is', null)
        .where('cancel_requested_at', 'is', null)
        .execute()
    }
    return endJob(trx, jobId, outcome)
  })
}

/** Shows on the page that a run was paused in Temporal, or goes on. */
export async function markPaused(db: Database, jobId: string, paused: boolean): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('job')
      .set({ paused })
      .where('id', '=', jobId)
      .where('ended_at', 'is', null)
      .where('paused', '<>', paused)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) await appendJobEvents(trx, [jobId])
  })
}

/** Notes the run that a job goes on in. */
export async function noteRun(db: Database, jobId: string, runId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('job')
      .set({ run_id: runId })
      .where('id', '=', jobId)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) await appendJobEvents(trx, [jobId])
  })
}

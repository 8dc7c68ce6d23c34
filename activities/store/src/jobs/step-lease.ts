import { sql } from 'kysely'
import { bulkTransaction } from '../catalog/bulk-transaction.ts'
import type { Database } from '../database.ts'
import type { Trx } from './job-events.ts'

/**
 * What one attempt of a step may write by: it is lost when its job ends, its step is over, or a newer attempt begins. A worker
 * that stood still, or that Temporal gave up on, may go on writing long after that.
 */
export interface StepLease {
  jobId: string
  step: string
  /** As Temporal counts, from 1. */
  attempt: number
  /** Of the run that asked for the attempt; a run that was reset counts from 1 again under another. */
  runId: string
}

/** The job ended (cancelled, terminated, timed out) while this was on the way: nothing is written. */
export class JobEndedError extends Error {
  override readonly name = 'JobEndedError'
  readonly code = 'job-already-ended'
}

/** The job has not begun, and has no slot any more to begin with: its run asks for one. */
export class SlotGivenUpError extends Error {
  override readonly name = 'SlotGivenUpError'
  readonly code = 'slot-given-up'
}

/** Another attempt of the step took over, or finished it: nothing is written. */
export class AttemptSupersededError extends Error {
  override readonly name = 'AttemptSupersededError'
  readonly code = 'attempt-superseded'
}

/**
 * One short transaction of an attempt. The lease is locked first, so that a newer attempt begins, and the job ends, before all
 * of it or after all of it.
 *
 * @throws JobEndedError, AttemptSupersededError
 */
export async function underLease<T>(db: Database, lease: StepLease, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await holdLease(trx, lease)
    return work(trx)
  })
}

/**
 * One long transaction of an attempt. The lease is looked at first, since the work may be in vain, and locked only as the last
 * statement: a cancel, or the next attempt, never waits for minutes.
 *
 * @throws JobEndedError, AttemptSupersededError
 */
export async function bulkUnderLease<T>(db: Database, lease: StepLease, work: (trx: Trx) => Promise<T>): Promise<T> {
  return bulkTransaction(db, async (trx) => {
    await checkLease(trx, lease)
    const result = await work(trx)
    await holdLease(trx, lease)
    return result
  })
}

/** The condition on its `job_step`, whose columns no other table of the statement may have. */
export const heldBy = (lease: StepLease) => sql`
  job_id = ${lease.jobId}::uuid and name = ${lease.step} and status = 'running' and attempts = ${lease.attempt}
  and (run_id is null or run_id = ${lease.runId})`

/** Others may share it; whoever begins an attempt or ends the step waits. Taken after the job's row, where both are. */
export async function holdLease(trx: Trx, lease: StepLease): Promise<void> {
  const { rows } = await sql`select from job_step where ${heldBy(lease)} for share`.execute(trx)
  if (rows.length === 0) throw await refusalOf(trx, lease)
}

async function checkLease(trx: Trx, lease: StepLease): Promise<void> {
  const { rows } = await sql`select from job_step where ${heldBy(lease)}`.execute(trx)
  if (rows.length === 0) throw await refusalOf(trx, lease)
}

/** Why a lease is not held any more. */
async function refusalOf(trx: Trx, { jobId, step, attempt }: StepLease): Promise<Error> {
  const { rows } = await sql`select from job where id = ${jobId}::uuid and ended_at is null`.execute(trx)
  return rows.length === 0
    ? new JobEndedError('The job ended before this was written')
    : new AttemptSupersededError(`Attempt ${attempt} of the step ${step} is not the newest any more`)
}

/** The row of a job that runs, locked, as `active (id)`: for statements that go on to lock its steps. */
export const activeJob = (jobId: string) =>
  sql`(select id from job where id = ${jobId}::uuid and status = 'running' for no key update) active`

import type { ConnectionKind } from '@plumbline/connectors/kinds'
import { sql } from 'kysely'
import type { Opening } from '../connections/connections.ts'
import type { Database } from '../database.ts'
import { appendJobEvents } from './job-events.ts'
import { scopeColumns, type JobScope } from './job-scope.ts'
import {
  activeJob,
  AttemptSupersededError,
  heldBy,
  JobEndedError,
  SlotGivenUpError,
  type StepLease,
} from './step-lease.ts'
import { writeProgress } from './step-progress.ts'

export interface AttemptFailure {
  /** Free of secrets. */
  error: string
  /** When Temporal tries again by itself, and what a person reads until then; null when it does not. */
  retry: { at: Date; message: string } | null
}

export interface BegunAttempt extends JobScope {
  /** Of the attempts before, those that ended by an error of their own; the others were lost with their worker. */
  failures: number
  /** Where it was asked for: how the source is opened, undefined when its connection was deleted. */
  opening?: Opening | undefined
}

export interface AttemptOptions {
  /** For the `warehouse` activities alone: with the sealed credentials of the connection. */
  opening?: boolean
}

interface BegunRow extends JobScope {
  status: string
  failures: number | null
  kind: ConnectionKind | null
  settings: Record<string, unknown> | null
  sealed: Buffer | null
}

/** One statement: most steps need one attempt, and each begins with this. See JobLedger. */
export async function beginAttempt(
  db: Database,
  lease: StepLease,
  options: AttemptOptions = {},
): Promise<BegunAttempt | undefined> {
  const { jobId, step, attempt, runId } = lease
  const { rows } = await sql<BegunRow>`
    select ${scopeColumns}, status, failures, source_kind as kind, source_settings as settings, sealed_credentials as sealed
    from begin_attempt(${jobId}::uuid, ${step}, ${attempt}, ${runId}, ${options.opening ?? false}) job`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { status, failures, kind, settings, sealed, ...scope } = row
  if (scope.ended) throw new JobEndedError(`Job ${jobId} has ended`)
  if (status === 'pending') throw new SlotGivenUpError(`Job ${jobId} waits for a slot`)
  if (failures === null) throw new AttemptSupersededError(`Attempt ${attempt} of the step ${step} begins too late`)
  // What was shown while it waited to be tried again is over.
  if (attempt > 1) await db.transaction().execute((trx) => writeProgress(trx, jobId))
  const opening = kind && settings && sealed ? { kind, settings, sealedCredentials: sealed } : undefined
  return { ...scope, failures, opening }
}

/** Nothing where the lease is lost: what an earlier attempt met does not matter any more. */
export async function failAttempt(db: Database, lease: StepLease, { error, retry }: AttemptFailure): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const failed = await sql`
      update job_step s set failures = failures + 1, last_error = ${error}, next_attempt_at = ${retry?.at ?? null}::timestamptz
      from ${activeJob(lease.jobId)} where s.job_id = active.id and ${heldBy(lease)}`.execute(trx)
    if (failed.numAffectedRows !== 1n || !retry) return
    await trx.updateTable('job').set({ message: retry.message }).where('id', '=', lease.jobId).execute()
    await appendJobEvents(trx, [lease.jobId])
  })
}

import { supports } from '@plumbline/connectors/kinds'
import type { Admission, ChildJob, FinishedStep, JobOutcome, JobWarning } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { endJob } from './end-job.ts'
import { insertJob } from './insert-job.ts'
import { appendJobLog, countJobLog, type NewLogLine } from '../logs/job-log.ts'
import type { Trx } from './job-events.ts'
import { jobScope, type JobScope } from './job-scope.ts'
import {
  beginAttempt,
  failAttempt,
  type AttemptFailure,
  type AttemptOptions,
  type BegunAttempt,
} from './step-attempts.ts'
import { activeJob, holdLease, type StepLease } from './step-lease.ts'
import { recordProgress, writeProgress, type StepProgress } from './step-progress.ts'

/** The writes of a running job. Each has its precondition inside the statement and may be repeated. */
export interface JobLedger {
  jobScope(jobId: string): Promise<JobScope | undefined>
  /**
   * Begins an attempt of a step, which takes the lease from every earlier one, and gives what its work needs to know;
   * undefined where there is no such job. A job that a slot was kept for begins with it.
   * @throws JobEndedError, SlotGivenUpError, AttemptSupersededError
   */
  beginAttempt(lease: StepLease, options?: AttemptOptions): Promise<BegunAttempt | undefined>
  /** Notes why an attempt failed, and when Temporal tries again by itself. */
  failAttempt(lease: StepLease, failure: AttemptFailure): Promise<void>
  /** Asks for a slot of the connection and, with it, opens the first step; `runId` is noted: a schedule starts runs too. */
  begin(jobId: string, runId?: string): Promise<Admission>
  /**
   * Begins a step; what ran before is finished, with what it came to. `runId` tells a run that was reset, and goes over its
   * steps again, from a call that came twice.
   */
  openStep(jobId: string, step: string, finished?: FinishedStep | null, runId?: string): Promise<void>
  /** `done` never goes back; ignored when the lease is lost. */
  recordProgress(lease: StepLease, progress: StepProgress): Promise<void>
  /** @throws JobEndedError, AttemptSupersededError */
  addWarnings(lease: StepLease, warnings: readonly JobWarning[]): Promise<void>
  /** Lines of the job's log; free of secrets. */
  appendLog(jobId: string, lines: readonly NewLogLine[]): Promise<void>
  /** How many lines the log has. */
  logLength(jobId: string): Promise<number>
  /** See `endJob`. */
  end(jobId: string, outcome: JobOutcome): Promise<{ ended: boolean; admitted: string[] }>
  /** Writes pending jobs that a job starts, once by their ids. @returns the ids of those that are to be started */
  createChildren(parentJobId: string, children: readonly ChildJob[]): Promise<string[]>
}

export function createJobLedger(db: Database): JobLedger {
  const inTransaction = <T>(work: (trx: Trx) => Promise<T>) => db.transaction().execute(work)
  return {
    jobScope: (jobId) => jobScope(db, jobId),
    begin: (jobId, runId) => begin(db, jobId, runId),
    openStep: (jobId, step, finished = null, runId) =>
      inTransaction((trx) => openStep(trx, jobId, { step, finished, runId })),
    beginAttempt: (lease, options) => beginAttempt(db, lease, options),
    failAttempt: (lease, failure) => failAttempt(db, lease, failure),
    recordProgress: (lease, progress) => inTransaction((trx) => recordProgress(trx, lease, progress)),
    addWarnings: (lease, warnings) => inTransaction((trx) => addLeasedWarnings(trx, lease, warnings)),
    appendLog: (jobId, lines) => appendJobLog(db, jobId, lines),
    logLength: (jobId) => countJobLog(db, jobId),
    end: (jobId, outcome) => endJob(db, jobId, outcome),
    createChildren: (parentJobId, children) => inTransaction((trx) => createChildren(trx, parentJobId, children)),
  }
}

async function begin(db: Database, jobId: string, runId: string | undefined): Promise<Admission> {
  const { rows } = await sql<Begun>`
    select status, place, opened, finished from begin_job(${jobId}::uuid, ${runId ?? null})`.execute(db)
  const [begun] = rows
  if (!begun) return { kind: 'ended' }
  if (begun.status === 'pending') return { kind: 'waiting', position: begun.place }
  return { kind: 'admitted', opened: begun.opened, finished: begun.finished }
}

type Begun =
  | { status: 'pending'; place: number }
  | { status: 'running'; opened: string | null; finished: FinishedStep[] }

interface OpeningStep {
  step: string
  /** The one before. */
  finished: FinishedStep | null
  runId: string | undefined
}

/**
 * A repeated call, also one that comes late, changes nothing. A run that was reset in Temporal opens a step for the second
 * time: that step and those behind it are then as if they had never run, except for the progress people have seen.
 */
async function openStep(trx: Trx, jobId: string, opening: OpeningStep): Promise<void> {
  const { step, finished } = opening
  const runId = opening.runId ?? null
  const changed = await sql`
    update job_step s set
      status = case when s.name = ${step} then 'running' when s.position > opened.position then 'pending' else 'completed' end,
      result = case when s.name = ${finished?.step ?? null} then ${JSON.stringify(finished?.result ?? null)}::jsonb end,
      next_attempt_at = null,
      run_id = case when s.name = ${step} then ${runId} else s.run_id end,
      started_at = case when s.name = ${step} then now() when s.position < opened.position then s.started_at end,
      ended_at = case when s.position < opened.position then now() end,
      done = case when s.position < opened.position then s.done end,
      total = case when s.position < opened.position then s.total end,
      message = case when s.position < opened.position then s.message end,
      attempts = case when s.position < opened.position then s.attempts else 0 end,
      failures = case when s.position < opened.position then s.failures else 0 end,
      last_error = case when s.position < opened.position then s.last_error end
    from ${activeJob(jobId)}, job_step opened
    where s.job_id = active.id
      and opened.job_id = s.job_id and opened.name = ${step}
      and (opened.status = 'pending' or opened.run_id <> ${runId})
      and (s.name = ${step}
        or (s.position < opened.position and s.status = 'running')
        or (s.position > opened.position and s.status <> 'pending' and s.run_id <> ${runId}))`.execute(trx)
  if (Number(changed.numAffectedRows ?? 0) > 0) await writeProgress(trx, jobId)
}

/** Counted by what is new, not by what is there: a role without a single SELECT brings a warning for every table. */
async function addWarnings(trx: Trx, jobId: string, warnings: readonly JobWarning[]): Promise<void> {
  if (warnings.length === 0) return
  await sql`
    with added as (
      insert into job_warning (job_id, code, object, message)
      select ${jobId}::uuid, w.code, coalesce(w.object, ''), w.message
      from jsonb_to_recordset(${JSON.stringify(warnings)}::jsonb) as w(code text, object text, message text)
      on conflict do nothing
      returning code
    )
    update job set warnings = warnings + (select count(*) from added)
    where id = ${jobId}::uuid and ended_at is null`.execute(trx)
}

async function addLeasedWarnings(trx: Trx, lease: StepLease, warnings: readonly JobWarning[]): Promise<void> {
  if (warnings.length === 0) return
  await sql`select from ${activeJob(lease.jobId)}`.execute(trx)
  await holdLease(trx, lease)
  await addWarnings(trx, lease.jobId, warnings)
}

/**
 * Nothing for a parent that has ended. A run that was reset asks again under other ids: a type that this parent has a child of
 * is left out, because that child is a job of its own already; so is a type that does not run on the kind of warehouse.
 */
async function createChildren(trx: Trx, parentJobId: string, children: readonly ChildJob[]): Promise<string[]> {
  const parent = await trx
    .selectFrom('job')
    .innerJoin('connection', 'connection.id', 'job.connection_id')
    .select(['job.organization_id', 'job.asset_id', 'job.asset_qualified_name', 'job.actor', 'connection.kind'])
    .where('job.id', '=', parentJobId)
    .where('job.ended_at', 'is', null)
    .forNoKeyUpdate('job')
    .executeTakeFirst()
  if (!parent) return []
  const earlier = await childrenOf(trx, parentJobId)
  const created: string[] = []
  for (const child of children.filter(({ type }) => supports(parent.kind, type))) {
    if (earlier.some(({ id, type }) => type === child.type && id !== child.id)) continue
    const inserted = await insertJob(trx, {
      ...child,
      organizationId: parent.organization_id,
      assetId: parent.asset_id,
      trigger: 'parent',
      actor: parent.actor,
      parentJobId,
    })
    // Also on a repeated call: the row is there from the first.
    if (inserted || earlier.some(({ id }) => id === child.id)) created.push(child.id)
    else await addWarnings(trx, parentJobId, [twinWarning(child, parent.asset_qualified_name)])
  }
  return created
}

const childrenOf = (trx: Trx, parentJobId: string) =>
  trx.selectFrom('job').select(['id', 'type']).where('parent_job_id', '=', parentJobId).execute()

const twinWarning = (child: ChildJob, asset: string): JobWarning => ({
  code: 'job-already-active',
  object: asset,
  message: `${child.type} was not started: one is active on ${asset} already`,
})

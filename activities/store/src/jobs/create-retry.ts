import { allowedActions, sameForFinished, type ActionDecision, type RetryMode } from '@plumbline/workflows'
import { sql, type Selectable } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid, newId } from '../ids.ts'
import type { Tables } from '../tables.ts'
import { actionFacts } from './action-facts.ts'
import { insertJob } from './insert-job.ts'
import { activeTwin, madeBefore, type Created } from './create-job.ts'
import { lockJob } from './job-control.ts'
import { appendJobEvents, type Trx } from './job-events.ts'
import { discardStaging, handOverStaging } from './job-staging.ts'

type JobRow = Selectable<Tables['job']>

export interface RetryRequest {
  mode: RetryMode
  /** Replaces the configuration of the attempt before. */
  config?: Record<string, unknown> | undefined
}

export type Retried = Created | { kind: 'refused'; reason: string }

/** A new job in the same chain, by the rule that the page shows too. */
export async function createRetry(db: Database, actor: Actor, jobId: string, request: RetryRequest): Promise<Retried> {
  return db.transaction().execute((trx) => createRetryIn(trx, actor, jobId, request))
}

/** `createRetry` as a part of a transaction. */
export async function createRetryIn(trx: Trx, actor: Actor, jobId: string, request: RetryRequest): Promise<Retried> {
  if (!isUuid(jobId)) return { kind: 'not-found' }
  const job = await lockJob(trx, actor.organizationId, jobId)
  if (!job) return { kind: 'not-found' }
  const made = await madeBefore(trx, actor)
  if (made) return made
  const config = request.config ?? job.config
  const decision = decide(job, request.mode, config)
  if (!decision.allowed) return { kind: 'refused', reason: decision.reason }
  if (request.mode === 'from_failure' && (await isOvertaken(trx, job)))
    return { kind: 'refused', reason: 'A later job of this type completed here since: retry it from the start' }
  if (await isDeleted(trx, job.connection_id)) return { kind: 'refused', reason: 'Its connection was deleted' }
  const id = actor.resourceId ?? newId()
  const inserted = await insertJob(trx, {
    id,
    organizationId: job.organization_id,
    type: job.type,
    assetId: job.asset_id,
    config,
    trigger: 'retry',
    actor: actor.name,
    retry: { of: job.id, rootJobId: job.root_job_id, attempt: job.attempt + 1 },
    ...(job.parent_job_id === null ? {} : { parentJobId: job.parent_job_id }),
  })
  if (!inserted) return activeTwin(trx, actor.organizationId, { type: job.type, assetId: job.asset_id })
  if (request.mode === 'from_failure') await takeOverSteps(trx, job.id, id)
  else await discardStaging(trx, job.id)
  await trx.updateTable('job').set({ newest_attempt: false, finished_steps: null }).where('id', '=', job.id).execute()
  await appendAudit(trx, actor, {
    action: 'job.retry',
    target: { kind: 'job', id: job.id },
    after: { jobId: id, mode: request.mode, config: request.config },
  })
  await appendJobEvents(trx, [job.id])
  return { kind: 'created', jobId: id }
}

function decide(job: JobRow, mode: RetryMode, config: Record<string, unknown>): ActionDecision {
  const actions = allowedActions(actionFacts(job))
  if (mode === 'from_start') return actions.retry
  if (!actions.retryFromFailure.allowed) return actions.retryFromFailure
  const finished = new Set(Object.keys(job.finished_steps ?? {}))
  return sameForFinished(job.type, finished, { before: job.config, after: config })
}

/**
 * What its steps found is older than what a later job has stored for the asset, for what it lies in or what lies below it. Reads what
 * completed on its connection since it failed: finished steps are kept for a day.
 */
async function isOvertaken(trx: Trx, job: JobRow): Promise<boolean> {
  const { rows } = await sql`
    select from job later
    where later.connection_id = ${job.connection_id}::uuid and later.type = ${job.type} and later.status = 'completed'
      and later.ended_at > ${job.ended_at}
      and (later.asset_id = any(${[job.asset_id, job.schema_id, job.database_id].filter((id) => id !== null)}::uuid[])
        or later.schema_id = ${job.asset_id}::uuid or later.database_id = ${job.asset_id}::uuid)
    limit 1`.execute(trx)
  return rows.length > 0
}

/** The finished steps of an attempt become those of the next, which names the attempt that did them. */
async function takeOverSteps(trx: Trx, from: string, to: string): Promise<void> {
  await sql`
    update job_step n set status = 'completed', done = o.done, total = o.total, result = o.result,
      taken_over_from = coalesce(o.taken_over_from, o.job_id)
    from job_step o
    where n.job_id = ${to}::uuid and o.job_id = ${from}::uuid and o.name = n.name and o.status = 'completed'`.execute(
    trx,
  )
  await handOverStaging(trx, from, to)
}

async function isDeleted(trx: Trx, connectionId: string): Promise<boolean> {
  const row = await trx.selectFrom('connection').select('deleted_at').where('id', '=', connectionId).executeTakeFirst()
  return row?.deleted_at !== null
}

import { allowedActions } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { actionFacts } from '../jobs/action-facts.ts'
import { createRetryIn } from '../jobs/create-retry.ts'
import { lockJob, requestCancelIn } from '../jobs/job-control.ts'
import type { Trx } from '../jobs/job-events.ts'
import { countUpTo, filterOf, nextTargets, type Target } from './operation-targets.ts'
import { endOperation, type OperationRow } from './operations.ts'

export interface WorkedPage {
  /** The operation is over: nothing is left, or it was cancelled. */
  ended: boolean
  /** Jobs whose runs are to be told that they were cancelled. */
  cancelled: string[]
  /** Jobs that got a slot by it. */
  admitted: string[]
}

/** Refusals beyond this are counted, not kept. */
const maxRefusals = 100
/** More jobs than any organization has: the count is exact. */
const everything = 2_000_000_000

/**
 * Acts on the next jobs of an operation, one transaction each, in which the operation notes its place: a crash in between, or
 * the same page at two workers, acts on no job twice. Ends the operation when no job is left or its cancel was asked for.
 */
export async function workOperation(
  db: Database,
  operationId: string,
  options: { limit: number; signal: AbortSignal },
): Promise<WorkedPage> {
  const page: WorkedPage = { ended: true, cancelled: [], admitted: [] }
  const operation = await activeOperation(db, operationId)
  if (!operation) return page
  if (operation.cancel_requested_at) return over(db, operationId, 'cancelled', page)
  if (operation.total_capped) await countOut(db, operation)
  const targets = await nextTargets(db, operation, options.limit)
  for (const [index, target] of targets.entries()) {
    options.signal.throwIfAborted()
    const place = operation.done + index
    const acted = await db.transaction().execute((trx) => actOn(trx, operation, target, place))
    if (!acted) return { ...page, ended: false }
    page.cancelled.push(...acted.cancelled)
    page.admitted.push(...acted.admitted)
  }
  if (targets.length < options.limit) return over(db, operationId, 'completed', page)
  return { ...page, ended: false }
}

async function over(db: Database, id: string, status: 'completed' | 'cancelled', page: WorkedPage) {
  await endOperation(db, id, { status })
  return page
}

const activeOperation = (db: Database, id: string): Promise<OperationRow | undefined> =>
  db.selectFrom('operation').selectAll().where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()

/** The exact total, for an honest percentage; the request that began it did not wait for it. */
async function countOut(db: Database, operation: OperationRow): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = '10min'`.execute(trx)
    const left = await countUpTo(trx, operation.organization_id, filterOf(operation), everything)
    await trx
      .updateTable('operation')
      .set({ total: operation.done + left, total_capped: false })
      .where('id', '=', operation.id)
      .execute()
  })
}

interface Acted {
  refused?: string
  cancelled: string[]
  admitted: string[]
}

/** @returns undefined where somebody else is further, or the operation was cancelled or ended meanwhile */
async function actOn(trx: Trx, operation: OperationRow, target: Target, place: number): Promise<Acted | undefined> {
  const current = await trx
    .selectFrom('operation')
    .select(['done', 'ended_at', 'cancel_requested_at'])
    .where('id', '=', operation.id)
    .forUpdate()
    .executeTakeFirst()
  if (!current || current.done !== place || current.ended_at || current.cancel_requested_at) return undefined
  const acted = await actions[operation.action](trx, operation, target.id)
  const refused = acted.refused === undefined ? 0 : 1
  await trx
    .updateTable('operation')
    .set({
      done: place + 1,
      succeeded: sql<number>`succeeded + ${1 - refused}`,
      refused: sql<number>`refused + ${refused}`,
      ...(target.createdAt && { after_created_at: target.createdAt, after_id: target.id }),
    })
    .where('id', '=', operation.id)
    .execute()
  if (acted.refused !== undefined) await noteRefusal(trx, operation.id, target.id, acted.refused)
  return acted
}

const refusedFor = (reason: string): Acted => ({ refused: reason, cancelled: [], admitted: [] })
const gone = 'The job, or its asset, is not there any more'

const actorOf = (operation: OperationRow): Actor => ({
  organizationId: operation.organization_id,
  name: operation.actor,
  requestId: operation.request_id,
})

const actions: Record<OperationRow['action'], (trx: Trx, operation: OperationRow, jobId: string) => Promise<Acted>> = {
  async cancel(trx, operation, jobId) {
    const job = isUuid(jobId) ? await lockJob(trx, operation.organization_id, jobId) : undefined
    if (!job) return refusedFor(gone)
    const { cancel } = allowedActions(actionFacts(job))
    if (!cancel.allowed) return refusedFor(cancel.reason)
    const outcome = await requestCancelIn(trx, actorOf(operation), jobId, operation.reason ?? undefined)
    return { cancelled: [jobId], admitted: outcome.kind === 'ended' ? outcome.admitted : [] }
  },

  /** The reconciler starts the new attempt: it is made overdue, so within a second. */
  async retry(trx, operation, jobId) {
    const retried = await createRetryIn(trx, actorOf(operation), jobId, { mode: operation.retry_mode })
    switch (retried.kind) {
      case 'not-found':
        return refusedFor(gone)
      case 'refused':
        return refusedFor(retried.reason)
      case 'already-active':
        return refusedFor(`Job ${retried.existingJobId} of this type is active on its asset`)
      case 'created':
        await trx
          .updateTable('job')
          .set({ checked_at: new Date(0) })
          .where('id', '=', retried.jobId)
          .execute()
        return { cancelled: [], admitted: [] }
    }
  },
}

async function noteRefusal(trx: Trx, operationId: string, jobId: string, reason: string): Promise<void> {
  await sql`
    insert into operation_refusal (operation_id, position, job_id, reason)
    select ${operationId}::uuid, refused, ${jobId}, ${reason} from operation
    where id = ${operationId}::uuid and refused <= ${maxRefusals}`.execute(trx)
}

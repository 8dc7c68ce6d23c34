import type { BulkAction, OperationStatus, RetryMode } from '@plumbline/workflows'
import { sql, type Selectable } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid, newId } from '../ids.ts'
import type { JobFilter } from '../jobs/job-filter.ts'
import type { OperationRefusalTable, OperationTable } from './operation-table.ts'

export type OperationRow = Selectable<OperationTable>
export type RefusalRow = Pick<Selectable<OperationRefusalTable>, 'job_id' | 'reason'>

export interface NewOperation {
  action: BulkAction
  /** One of both. */
  filter?: JobFilter
  ids?: readonly string[]
  /** Of a retry; from the start unless it is given. */
  retryMode?: RetryMode | undefined
  reason?: string | undefined
  /** How many jobs it will act on; with `totalCapped` at least so many. */
  total: number
  totalCapped: boolean
  /** What was asked for, as the audit shows it. */
  asked: Record<string, unknown>
}

/** Writes an operation, once by its id, and its audit entry; nothing is done yet. @returns its id */
export async function createOperation(db: Database, actor: Actor, input: NewOperation): Promise<string> {
  const id = actor.resourceId ?? newId()
  const { action, filter, ids, retryMode = 'from_start', reason, total, totalCapped } = input
  await db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('operation')
      .values({
        id,
        organization_id: actor.organizationId,
        action,
        filter: filter ? JSON.stringify(filter) : null,
        ids: ids ? [...ids] : null,
        retry_mode: retryMode,
        reason: reason ?? null,
        actor: actor.name,
        request_id: actor.requestId,
        total,
        total_capped: totalCapped,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return
    await appendAudit(trx, actor, {
      action: 'operation.create',
      target: { kind: 'operation', id },
      after: { action, ...(action === 'retry' && { mode: retryMode }), ...input.asked, total },
      reason,
    })
  })
  return id
}

/** `undefined` for an id that is none, or another organization's. */
export async function findOperation(
  db: Database,
  organizationId: string,
  id: string,
): Promise<OperationRow | undefined> {
  if (!isUuid(id)) return undefined
  return db
    .selectFrom('operation')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What jobs were refused for, first to last, by operation. */
export async function refusalsOf(db: Database, operationIds: readonly string[]): Promise<Map<string, RefusalRow[]>> {
  const rows = await db
    .selectFrom('operation_refusal')
    .select(['operation_id', 'job_id', 'reason'])
    .where('operation_id', '=', sql<string>`any(${[...operationIds]}::uuid[])`)
    .orderBy('operation_id')
    .orderBy('position')
    .execute()
  return Map.groupBy(rows, (row) => row.operation_id)
}

export interface OperationPageRequest {
  status?: OperationStatus | undefined
  /** Creation time in milliseconds and id of the last operation of the page before. */
  after?: { createdAt: number; id: string } | undefined
  limit: number
}

/** Newest first. */
export async function listOperations(
  db: Database,
  organizationId: string,
  { status, after, limit }: OperationPageRequest,
): Promise<OperationRow[]> {
  let query = db.selectFrom('operation').selectAll().where('organization_id', '=', organizationId)
  if (status !== undefined) query = query.where('status', '=', status)
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${new Date(after.createdAt)}, ${after.id}::uuid)`)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** `ended`: it never began, and never will. */
export type OperationCancelled = 'not-found' | 'already-ended' | 'cancelling' | 'ended'

/** What it has not acted on yet it leaves alone; what it did stays done. Again is harmless. */
export async function cancelOperation(
  db: Database,
  actor: Actor,
  id: string,
  reason: string | undefined,
): Promise<OperationCancelled> {
  if (!isUuid(id)) return 'not-found'
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('operation')
      .select(['ended_at', 'run_id'])
      .where('organization_id', '=', actor.organizationId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return 'not-found'
    if (row.ended_at) return 'already-ended'
    const unstarted = row.run_id === null
    await trx
      .updateTable('operation')
      .set({
        cancel_requested_at: sql<Date>`coalesce(cancel_requested_at, now())`,
        cancel_requested_by: sql<string>`coalesce(cancel_requested_by, ${actor.name})`,
        ...(unstarted && { status: 'cancelled' as const, ended_at: sql<Date>`now()` }),
      })
      .where('id', '=', id)
      .execute()
    await appendAudit(trx, actor, { action: 'operation.cancel', target: { kind: 'operation', id }, reason })
    return unstarted ? 'ended' : 'cancelling'
  })
}

export type OperationEnd = { status: 'completed' | 'cancelled' } | { status: 'failed'; error: string }

/** Idempotent: an ended operation never changes. @returns whether this call ended it */
export async function endOperation(db: Database, id: string, end: OperationEnd): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('operation')
    .set({
      status: end.status,
      ended_at: sql<Date>`now()`,
      error: end.status === 'failed' ? end.error : null,
      ...(end.status === 'cancelled' && {
        cancel_requested_at: sql<Date>`coalesce(cancel_requested_at, now())`,
        cancel_requested_by: sql<string>`coalesce(cancel_requested_by, 'Temporal')`,
      }),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes that its start reached Temporal. */
export async function markOperationStarted(db: Database, id: string, runId: string): Promise<void> {
  await db.updateTable('operation').set({ run_id: runId }).where('id', '=', id).execute()
}

/** Takes the operations that nobody compared with Temporal for a while; several gateways share the work. */
export async function claimOperations(
  db: Database,
  overdueMs: number,
  limit: number,
): Promise<Pick<OperationRow, 'id' | 'organization_id' | 'run_id'>[]> {
  const { rows } = await sql<Pick<OperationRow, 'id' | 'organization_id' | 'run_id'>>`
    update operation set checked_at = now() where id in (
      select id from operation where ended_at is null and checked_at < now() - ${overdueMs} * interval '1 millisecond'
      order by checked_at limit ${limit} for update skip locked)
    returning id, organization_id, run_id`.execute(db)
  return rows
}

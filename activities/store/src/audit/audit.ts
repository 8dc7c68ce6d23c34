import type { AuditAction, AuditTarget } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { isUuid } from '../ids.ts'

/** Who acts, and the request by which. */
export interface Actor {
  organizationId: string
  name: string
  requestId: string
  /** The id of what a request with an Idempotency-Key makes: carried out again after a crash, it finds it there. */
  resourceId?: string
}

export interface AuditRecord {
  action: AuditAction
  target: { kind: AuditTarget; id: string }
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  reason?: string | undefined
}

/** Written in the transaction of the action itself: neither is there without the other. Values must be free of secrets. */
export async function appendAudit(trx: Trx | Database, actor: Actor, record: AuditRecord): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      organization_id: actor.organizationId,
      actor: actor.name,
      request_id: actor.requestId,
      action: record.action,
      target_kind: record.target.kind,
      target_id: record.target.id,
      before: record.before ? JSON.stringify(record.before) : null,
      after: record.after ? JSON.stringify(record.after) : null,
      reason: record.reason ?? null,
    })
    .execute()
}

export interface AuditFilter {
  actor?: string | undefined
  action?: string | undefined
  targetId?: string | undefined
  since?: Date | undefined
  /** Entries older than the one with this id. */
  before?: number | undefined
  limit: number
}

/** The tables of what has a name that outlives it: what is deleted stays as a row. */
const named = sql`
  select id, organization_id, qualified_name as name from asset
  union all select id, organization_id, name from connection
  union all select id, organization_id, name from schedule
  union all select id, organization_id, name from tag_rule
  union all select id, organization_id, name from alert_rule
  union all select id, organization_id, name from alert_channel`

/** What the targets of entries are called, by their ids. */
export async function targetNames(
  db: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from (${named}) named
    where id = any(${[...new Set(ids)]}::uuid[]) and organization_id = ${organizationId}::uuid`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Newest first. */
export async function listAudit(db: Database, organizationId: string, filter: AuditFilter) {
  if (filter.targetId !== undefined && !isUuid(filter.targetId)) return []
  const { actor, action, targetId, since, before } = filter
  let query = db.selectFrom('audit').selectAll().where('organization_id', '=', organizationId)
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (action !== undefined) query = query.where(sql.ref<string>('action'), '=', action)
  if (targetId !== undefined) query = query.where('target_id', '=', targetId)
  if (since !== undefined) query = query.where('at', '>=', since)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

import type { DeliveryState, NoticeEvent } from '@plumbline/workflows'
import { sql, type Selectable } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid, newId } from '../ids.ts'
import type { AlertDeliveryTable } from './alert-table.ts'
import { findChannel } from './channels.ts'

export type DeliveryRow = Selectable<AlertDeliveryTable> & { channel_name: string; incident_title: string | null }

const rowsOf = (db: Database, organizationId: string) =>
  db
    .selectFrom('alert_delivery')
    .innerJoin('alert_channel', 'alert_channel.id', 'alert_delivery.channel_id')
    .leftJoin('incident', 'incident.id', 'alert_delivery.incident_id')
    .selectAll('alert_delivery')
    .select(['alert_channel.name as channel_name', 'incident.title as incident_title'])
    .where('alert_delivery.organization_id', '=', organizationId)

export interface DeliveryPageRequest {
  channelId?: string | undefined
  incidentId?: string | undefined
  state?: DeliveryState | undefined
  after?: { createdAt: number; id: string } | undefined
  limit: number
}

/** Newest first. */
export async function listDeliveries(
  db: Database,
  organizationId: string,
  { channelId, incidentId, state, after, limit }: DeliveryPageRequest,
): Promise<DeliveryRow[]> {
  if ([channelId, incidentId].some((id) => id !== undefined && !isUuid(id))) return []
  let query = rowsOf(db, organizationId)
  if (channelId !== undefined) query = query.where('alert_delivery.channel_id', '=', channelId)
  if (incidentId !== undefined) query = query.where('alert_delivery.incident_id', '=', incidentId)
  if (state !== undefined) query = query.where('alert_delivery.state', '=', state)
  if (after) {
    query = query.where(
      sql<boolean>`(alert_delivery.created_at, alert_delivery.id) < (${new Date(after.createdAt)}, ${after.id}::uuid)`,
    )
  }
  return query.orderBy('alert_delivery.created_at', 'desc').orderBy('alert_delivery.id', 'desc').limit(limit).execute()
}

export async function findDelivery(db: Database, organizationId: string, id: string): Promise<DeliveryRow | undefined> {
  if (!isUuid(id)) return undefined
  return rowsOf(db, organizationId).where('alert_delivery.id', '=', id).executeTakeFirst()
}

/** Queues a notice that says only that the channel works, once by its id. @returns its id, undefined without such a channel */
export async function queueTest(db: Database, actor: Actor, channelId: string): Promise<string | undefined> {
  if (!(await findChannel(db, actor.organizationId, channelId))) return undefined
  return addDelivery(
    db,
    actor,
    { channel_id: channelId, event: 'test', incident_id: null, replay_of: null },
    {
      action: 'alert-channel.test',
      target: { kind: 'alert-channel', id: channelId },
    },
  )
}

export type Replayed = { kind: 'not-found' } | { kind: 'under-way' } | { kind: 'queued'; id: string }

/** Queues a delivery that is over once more, with the same message id. */
export async function replayDelivery(db: Database, actor: Actor, id: string): Promise<Replayed> {
  const row = await findDelivery(db, actor.organizationId, id)
  if (!row) return { kind: 'not-found' }
  if (row.state === 'pending' || row.state === 'held') return { kind: 'under-way' }
  const { channel_id, event, incident_id } = row
  const made = await addDelivery(
    db,
    actor,
    { channel_id, event, incident_id, replay_of: row.replay_of ?? row.id },
    { action: 'alert-delivery.replay', target: { kind: 'alert-delivery', id } },
  )
  return { kind: 'queued', id: made }
}

async function addDelivery(
  db: Database,
  actor: Actor,
  delivery: { channel_id: string; event: NoticeEvent; incident_id: string | null; replay_of: string | null },
  audit: Parameters<typeof appendAudit>[2],
): Promise<string> {
  const id = actor.resourceId ?? newId()
  await db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('alert_delivery')
      .values({ id, organization_id: actor.organizationId, state: 'pending', ...delivery })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) await appendAudit(trx, actor, audit)
  })
  return id
}

/** Notes that its start reached Temporal. */
export async function markDeliveryStarted(db: Database, id: string, runId: string): Promise<void> {
  await db.updateTable('alert_delivery').set({ run_id: runId }).where('id', '=', id).execute()
}

/** Deliveries that no run is known of, and those that nobody compared with Temporal for a while. */
export async function claimDeliveries(
  db: Database,
  overdueMs: number,
  limit: number,
): Promise<{ id: string; runId: string | null }[]> {
  const { rows } = await sql<{ id: string; runId: string | null }>`
    update alert_delivery set checked_at = now() where id in (
      select id from alert_delivery where state = 'pending'
        and (run_id is null or checked_at < now() - ${overdueMs} * interval '1 millisecond')
      order by checked_at limit ${limit} for update skip locked)
    returning id, run_id as "runId"`.execute(db)
  return rows
}

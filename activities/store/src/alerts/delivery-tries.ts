import type { NoticeEvent, ChannelKind } from '@plumbline/workflows'
import { sql, type Selectable } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import type { AlertDeliveryTable, DeliveryTry, IncidentTable } from './alert-table.ts'

export type IncidentRow = Selectable<IncidentTable>

/** What is to be sent now, as it stands in the record at this moment. */
export interface DueNotice {
  deliveryId: string
  /** Of the message: a replay has that of the first delivery, by which a receiver knows it again. */
  messageId: string
  event: NoticeEvent
  channel: { id: string; name: string; kind: ChannelKind; sealed: Buffer }
  organization: string
  /** One, except for a digest and a test. */
  incidents: IncidentRow[]
}

export type Due = { kind: 'send'; notice: DueNotice } | { kind: 'over' } | { kind: 'wait' }

type Delivery = Selectable<AlertDeliveryTable> & {
  channel_name: string
  channel_kind: ChannelKind
  sealed: Buffer
  usable: boolean
  organization: string
}

/**
 * Begins a try: reads once more whether the notice is still true, and notes that it is on its way. One that was skipped, or is
 * over, is not sent; one that has to follow another waits for it.
 */
export async function beginTry(db: Database, deliveryId: string): Promise<Due> {
  return db.transaction().execute(async (trx) => {
    const delivery = await lockedDelivery(trx, deliveryId)
    if (delivery?.state !== 'pending') return { kind: 'over' }
    const incidents = await incidentsOf(trx, delivery)
    const verdict = await verdictOf(trx, delivery, incidents)
    if (verdict === 'wait') return { kind: 'wait' }
    if (verdict !== 'send') {
      await finish(trx, deliveryId, 'skipped', verdict.skip)
      return { kind: 'over' }
    }
    await trx
      .updateTable('alert_delivery')
      .set({ tries: delivery.tries + 1, trying: true })
      .where('id', '=', deliveryId)
      .execute()
    const { channel_id: id, channel_name: name, channel_kind: kind, sealed, organization, event } = delivery
    const messageId = delivery.replay_of ?? deliveryId
    return {
      kind: 'send',
      notice: { deliveryId, messageId, event, channel: { id, name, kind, sealed }, organization, incidents },
    }
  })
}

async function lockedDelivery(trx: Trx, deliveryId: string): Promise<Delivery | undefined> {
  if (!isUuid(deliveryId)) return undefined
  const { rows } = await sql<Delivery>`
    select d.*, c.name as channel_name, c.kind as channel_kind, c.sealed, c.enabled and c.deleted_at is null as usable,
      o.name as organization
    from alert_delivery d join alert_channel c on c.id = d.channel_id join organization o on o.id = d.organization_id
    where d.id = ${deliveryId}::uuid for update of d`.execute(trx)
  return rows[0]
}

/** Of a digest: those whose notices it tells, without those that were muted meanwhile. */
async function incidentsOf(trx: Trx, delivery: Delivery): Promise<IncidentRow[]> {
  if (delivery.event === 'test') return []
  const { rows } = await sql<IncidentRow>`
    select i.* from incident i where ${
      delivery.incident_id === null
        ? sql`i.id in (select incident_id from alert_delivery where digest_id = ${delivery.replay_of ?? delivery.id}::uuid)
            and (i.muted_until is null or i.muted_until < now())`
        : sql`i.id = ${delivery.incident_id}::uuid`
    } order by i.opened_at, i.id`.execute(trx)
  return rows
}

type Verdict = 'send' | 'wait' | { skip: string }

/** A try of which nobody knows whether it arrived is made again whatever became of the incident: what follows builds on it. */
async function verdictOf(trx: Trx, delivery: Delivery, incidents: readonly IncidentRow[]): Promise<Verdict> {
  if (!delivery.usable && delivery.event !== 'test') return { skip: 'The channel is switched off or deleted' }
  if (delivery.event === 'test' || delivery.trying || delivery.replay_of !== null) return 'send'
  const [incident] = incidents
  if (!incident) return { skip: 'Nothing of it is left to be told' }
  if (delivery.event === 'digest') return 'send'
  if (incident.muted_until && incident.muted_until > new Date()) return { skip: 'The incident is muted' }
  if (delivery.event === 'opened') return incident.resolved_at ? { skip: 'It was over before it was told' } : 'send'
  if (delivery.event === 'escalated' && incident.resolved_at) return { skip: 'It was over before it was told' }
  if (delivery.event === 'escalated' && incident.acknowledged_at) return { skip: 'Somebody has taken it up' }
  return afterOpening(trx, delivery)
}

/** What follows is told to whoever knows of the beginning, and after it. */
async function afterOpening(trx: Trx, { incident_id: incidentId, channel_id: channelId }: Delivery): Promise<Verdict> {
  const { rows } = await sql<{ state: Delivery['state'] }>`
    select coalesce(digest.state, opened.state) as state from alert_delivery opened
    left join alert_delivery digest on digest.id = opened.digest_id
    where opened.incident_id = ${incidentId}::uuid and opened.channel_id = ${channelId}::uuid and opened.event = 'opened'
      and opened.replay_of is null`.execute(trx)
  const state = rows[0]?.state
  if (state === 'delivered') return 'send'
  return state === 'pending' ? 'wait' : { skip: 'That it opened was not told either' }
}

/** How a try ended; `unknown` where it may have arrived. */
export interface TryOutcome extends DeliveryTry {
  arrived: 'yes' | 'no' | 'unknown'
}

const triesKept = 20

/** Ends a try; one that arrived ends the delivery. */
export async function endTry(db: Database, deliveryId: string, { arrived, ...made }: TryOutcome): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const delivery = await trx
      .selectFrom('alert_delivery')
      .select('log')
      .where('id', '=', deliveryId)
      .forUpdate()
      .executeTakeFirst()
    await trx
      .updateTable('alert_delivery')
      .set({ trying: arrived === 'unknown', log: JSON.stringify([...(delivery?.log ?? []), made].slice(-triesKept)) })
      .where('id', '=', deliveryId)
      .execute()
    if (arrived === 'yes') await finish(trx, deliveryId, 'delivered', null)
  })
}

/** For one that was tried long enough, or whose run is gone. A delivery that has ended never changes. */
export async function giveUpDelivery(db: Database | Trx, deliveryId: string, reason: string): Promise<void> {
  await finish(db, deliveryId, 'failed', reason)
}

async function finish(
  db: Database | Trx,
  deliveryId: string,
  state: 'delivered' | 'failed' | 'skipped',
  reason: string | null,
): Promise<void> {
  await db
    .updateTable('alert_delivery')
    .set({ state, reason, ended_at: sql<Date>`now()` })
    .where('id', '=', deliveryId)
    .where('state', '=', 'pending')
    .execute()
}

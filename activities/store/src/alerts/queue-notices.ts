import type { NoticeEvent } from '@plumbline/workflows'
import { sql } from 'kysely'
import { newId } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import type { Channels } from './match-rules.ts'

/** Something to be told of an incident, to some of the channels of its organization. */
export interface NewNotice {
  incidentId: string
  organizationId: string
  event: Exclude<NoticeEvent, 'digest' | 'test'>
  channels: Channels
}

/** A channel, and how many more notices it takes now. */
interface Room {
  id: string
  organizationId: string
  room: number
}

/**
 * Queues notices, once each for an incident and a channel. What a channel has no room for, or not at this hour, is held for a digest.
 * Must run under the lock of the alerts: who counts the room must be the only one to fill it.
 */
export async function queueNotices(trx: Trx, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return
  const channels = await roomsOf(
    trx,
    sql`c.organization_id = any(${[...new Set(notices.map((one) => one.organizationId))]}::uuid[])`,
  )
  const rows = notices.flatMap((notice) =>
    channels
      .filter(
        (channel) => channel.organizationId === notice.organizationId && (notice.channels?.has(channel.id) ?? true),
      )
      .map((channel) => {
        channel.room -= 1
        return {
          id: newId(),
          organization_id: notice.organizationId,
          channel_id: channel.id,
          incident_id: notice.incidentId,
          event: notice.event,
          state: channel.room >= 0 ? ('pending' as const) : ('held' as const),
        }
      }),
  )
  if (rows.length > 0)
    await trx
      .insertInto('alert_delivery')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** Channels that may be told something, with their room: none in their quiet hours. */
async function roomsOf(trx: Trx, which: ReturnType<typeof sql<boolean>>): Promise<Room[]> {
  const { rows } = await sql<Room>`
    select c.id, c.organization_id as "organizationId", case when quiet then 0 else greatest(0, c.max_per_hour - (
      select count(*) from alert_delivery d where d.channel_id = c.id and d.created_at > now() - interval '1 hour'
        and d.event <> 'test' and d.state in ('pending', 'delivered', 'failed')))::int end as room
    from alert_channel c,
      lateral (select (now() at time zone (c.quiet_hours ->> 'timezone'))::time as clock, (c.quiet_hours ->> 'from')::time as begins,
        (c.quiet_hours ->> 'to')::time as ends) q,
      lateral (select coalesce(case when begins <= ends then clock >= begins and clock < ends
        else clock >= begins or clock < ends end, false) as quiet) is_quiet
    where c.enabled and c.deleted_at is null and ${which}`.execute(trx)
  return rows
}

/** Tells what was held, as soon as its channel takes notices again: one as it is, several as one digest. */
export async function releaseHeld(trx: Trx): Promise<void> {
  const channels = await roomsOf(
    trx,
    sql`exists (select from alert_delivery h where h.channel_id = c.id and h.state = 'held')`,
  )
  for (const { id, organizationId } of channels.filter(({ room }) => room > 0)) {
    const held = await trx
      .selectFrom('alert_delivery')
      .select('id')
      .where('channel_id', '=', id)
      .where('state', '=', 'held')
      .execute()
    const [only] = held
    if (held.length === 1 && only) {
      await trx.updateTable('alert_delivery').set({ state: 'pending' }).where('id', '=', only.id).execute()
      continue
    }
    const digestId = newId()
    await trx
      .insertInto('alert_delivery')
      .values({ id: digestId, organization_id: organizationId, channel_id: id, event: 'digest', state: 'pending' })
      .execute()
    await trx
      .updateTable('alert_delivery')
      .set({ state: 'digested', digest_id: digestId, ended_at: sql<Date>`now()` })
      .where('channel_id', '=', id)
      .where('state', '=', 'held')
      .execute()
  }
}

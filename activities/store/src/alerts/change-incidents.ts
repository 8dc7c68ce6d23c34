import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import { queueNotices, type NewNotice } from './queue-notices.ts'

interface Changed {
  id: string
  organizationId: string
}

/** Whoever was told that it opened is told what became of it. */
export async function tellOf(trx: Trx, event: NewNotice['event'], incidents: readonly Changed[]): Promise<void> {
  if (incidents.length === 0) return
  const told = await trx
    .selectFrom('alert_delivery')
    .select(['incident_id as incidentId', 'channel_id as channelId'])
    .where('incident_id', '=', sql<string>`any(${incidents.map(({ id }) => id)}::uuid[])`)
    .where('event', '=', 'opened')
    .execute()
  const channelsOf = Map.groupBy(told, (one) => one.incidentId)
  await queueNotices(
    trx,
    incidents.map(({ id, organizationId }) => ({
      incidentId: id,
      organizationId,
      event,
      channels: new Set(channelsOf.get(id)?.map(({ channelId }) => channelId)),
    })),
  )
}

/** So many occurrences of an incident that nobody took up, or so long of them, are told a second time; never a third. */
const escalateAfter = { occurrences: 100, time: '1 hour' }

export async function escalate(trx: Trx): Promise<void> {
  const { rows } = await sql<Changed>`
    update incident set escalated_at = now()
    where resolved_at is null and escalated_at is null and acknowledged_at is null and (muted_until is null or muted_until < now())
      and (occurrences >= ${escalateAfter.occurrences} or last_at >= opened_at + ${escalateAfter.time}::interval)
    returning id, organization_id as "organizationId"`.execute(trx)
  await tellOf(trx, 'escalated', rows)
}

/** Ends the open incidents for which `found` holds, as `i`: what they were about is over. */
export async function recover(trx: Trx, found: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<Changed>`
    update incident i set resolved_at = now() where i.resolved_at is null and ${found}
    returning i.id, i.organization_id as "organizationId"`.execute(trx)
  await tellOf(trx, 'recovered', rows)
}

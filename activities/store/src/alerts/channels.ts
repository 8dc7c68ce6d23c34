import type { ChannelKind, QuietHours } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { withUniqueName, type NameTaken } from '../unique-name.ts'

/** What may be changed of a channel. */
export interface ChannelSettings {
  name: string
  /** What people are shown of where it leads. */
  address: string
  enabled: boolean
  maxPerHour: number
  quietHours: QuietHours | null
}

export interface ChannelRecord extends ChannelSettings {
  id: string
  kind: ChannelKind
  createdBy: string
  createdAt: Date
  updatedAt: Date
}

export type ChannelSaved = { kind: 'saved'; channel: ChannelRecord } | NameTaken | { kind: 'not-found' }

const nameIndex = 'alert_channel_name'

const channelsOf = (db: Database | Trx, organizationId: string) =>
  db
    .selectFrom('alert_channel')
    .select([
      'id',
      'kind',
      'name',
      'address',
      'enabled',
      'max_per_hour as maxPerHour',
      'quiet_hours as quietHours',
      'created_by as createdBy',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ])
    .where('organization_id', '=', organizationId)
    .where('deleted_at', 'is', null)

/** By name. */
export async function listChannels(
  db: Database,
  organizationId: string,
  { after, limit }: { after?: { name: string; id: string } | undefined; limit: number },
): Promise<ChannelRecord[]> {
  let query = channelsOf(db, organizationId)
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.name}, ${after.id}::uuid)`)
  return query.orderBy('name').orderBy('id').limit(limit).execute()
}

export async function findChannel(
  db: Database | Trx,
  organizationId: string,
  id: string,
): Promise<ChannelRecord | undefined> {
  if (!isUuid(id)) return undefined
  return channelsOf(db, organizationId).where('id', '=', id).executeTakeFirst()
}

/** Makes a channel, once by its id. */
export async function createChannel(
  db: Database,
  actor: Actor,
  channel: ChannelSettings & { id: string; kind: ChannelKind; sealed: Buffer },
): Promise<ChannelSaved> {
  return withUniqueName<ChannelSaved>(db, nameIndex, async (trx) => {
    const before = await findChannel(trx, actor.organizationId, channel.id)
    if (before) return { kind: 'saved', channel: before }
    const { id, kind, sealed, ...settings } = channel
    await trx
      .insertInto('alert_channel')
      .values({
        id,
        kind,
        sealed,
        organization_id: actor.organizationId,
        created_by: actor.name,
        ...columnsOf(settings),
      })
      .execute()
    const target = { kind: 'alert-channel', id } as const
    await appendAudit(trx, actor, { action: 'alert-channel.create', target, after: { kind, ...settings } })
    return found(trx, actor, id)
  })
}

/** Changes what is given. */
export async function updateChannel(
  db: Database,
  actor: Actor,
  id: string,
  change: ChannelSettings & { sealed?: Buffer },
): Promise<ChannelSaved> {
  return withUniqueName<ChannelSaved>(db, nameIndex, async (trx) => {
    const before = await findChannel(trx, actor.organizationId, id)
    if (!before) return { kind: 'not-found' }
    const { sealed, ...settings } = change
    await trx
      .updateTable('alert_channel')
      .set({ ...columnsOf(settings), ...(sealed && { sealed }), updated_at: new Date() })
      .where('id', '=', id)
      .where('organization_id', '=', actor.organizationId)
      .execute()
    await appendAudit(trx, actor, {
      action: 'alert-channel.update',
      target: { kind: 'alert-channel', id },
      before: settingsOf(before),
      after: { ...settings, ...(sealed && { secretChanged: true }) },
    })
    return found(trx, actor, id)
  })
}

/** @returns false when there is none */
export async function deleteChannel(db: Database, actor: Actor, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await findChannel(trx, actor.organizationId, id)
    if (!before) return false
    const now = new Date()
    await trx
      .updateTable('alert_channel')
      .set({ deleted_at: now, updated_at: now })
      .where('id', '=', id)
      .where('organization_id', '=', actor.organizationId)
      .execute()
    const target = { kind: 'alert-channel', id } as const
    await appendAudit(trx, actor, { action: 'alert-channel.delete', target, before: settingsOf(before) })
    return true
  })
}

const columnsOf = ({ name, address, enabled, maxPerHour, quietHours }: ChannelSettings) => ({
  name,
  address,
  enabled,
  max_per_hour: maxPerHour,
  quiet_hours: quietHours && JSON.stringify(quietHours),
})

const settingsOf = ({ name, address, enabled, maxPerHour, quietHours }: ChannelSettings) => ({
  name,
  address,
  enabled,
  maxPerHour,
  quietHours,
})

async function found(trx: Trx, actor: Actor, id: string): Promise<ChannelSaved> {
  const channel = await findChannel(trx, actor.organizationId, id)
  return channel ? { kind: 'saved', channel } : { kind: 'not-found' }
}

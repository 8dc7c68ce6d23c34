import type { JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor, type AuditRecord } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { withUniqueName, type NameTaken } from '../unique-name.ts'
import { findSchedule, type ScheduleRecord, type ScheduleSettings } from './schedules.ts'

export interface NewSchedule extends ScheduleSettings {
  id: string
  type: JobType
  assetId: string
  paused: boolean
}

export type ScheduleSaved =
  | { kind: 'saved'; schedule: ScheduleRecord }
  | NameTaken
  /** For a new one: its asset is not there any more. */
  | { kind: 'not-found' }

const nameIndex = 'schedule_name'

/** What every change does: the revision counts up, so that it is unsynced until Temporal was told. */
const changed = { revision: sql<number>`revision + 1`, updated_at: sql<Date>`now()` }

/** Makes a schedule in the record, once: its id may be of a request that is carried out again. Temporal is told after the commit. */
export async function createSchedule(db: Database, actor: Actor, input: NewSchedule): Promise<ScheduleSaved> {
  return withUniqueName<ScheduleSaved>(db, nameIndex, async (trx) => {
    // Locked against its removal, so that no schedule is left behind on it.
    const { rows } = await sql`
      select from asset where id = ${input.assetId}::uuid and organization_id = ${actor.organizationId}::uuid
        and removed_at is null for share`.execute(trx)
    if (rows.length === 0) return { kind: 'not-found' }
    const before = await findSchedule(trx, actor.organizationId, input.id)
    if (before) return { kind: 'saved', schedule: before }
    await trx
      .insertInto('schedule')
      .values({
        id: input.id,
        organization_id: actor.organizationId,
        type: input.type,
        asset_id: input.assetId,
        ...columnsOf(input),
        ...(input.paused && { paused_at: new Date(), paused_by: actor.name }),
        created_by: actor.name,
      })
      .execute()
    return audited(trx, actor, input.id, { action: 'schedule.create', after: visible(input) })
  })
}

/** Changes what is given. Changes in one moment are made one after the other; ticks and runs of before stay. */
export async function updateSchedule(
  db: Database,
  actor: Actor,
  id: string,
  change: Partial<ScheduleSettings>,
): Promise<ScheduleSaved> {
  return withUniqueName<ScheduleSaved>(db, nameIndex, async (trx) => {
    const before = await lockedSchedule(trx, actor.organizationId, id)
    if (!before) return { kind: 'not-found' }
    const after = { ...before, ...change }
    await trx
      .updateTable('schedule')
      .set({ ...columnsOf(after), ...changed })
      .where('id', '=', id)
      .execute()
    return audited(trx, actor, id, { action: 'schedule.update', before: visible(before), after: visible(after) })
  })
}

/** Idempotent: a schedule that is paused, or not, already stays as it is. */
export async function pauseSchedule(
  db: Database,
  actor: Actor,
  id: string,
  { paused, reason }: { paused: boolean; reason?: string | undefined },
): Promise<ScheduleSaved> {
  return db.transaction().execute(async (trx): Promise<ScheduleSaved> => {
    const before = await lockedSchedule(trx, actor.organizationId, id)
    if (!before) return { kind: 'not-found' }
    if ((before.paused !== null) === paused) return { kind: 'saved', schedule: before }
    await trx
      .updateTable('schedule')
      .set({
        paused_at: paused ? new Date() : null,
        paused_by: paused ? actor.name : null,
        pause_reason: (paused && reason) || null,
        // What did not tick while it was paused was not skipped.
        ...(!paused && { ticks_checked_to: new Date() }),
        ...changed,
      })
      .where('id', '=', id)
      .execute()
    return audited(trx, actor, id, { action: paused ? 'schedule.pause' : 'schedule.resume', reason })
  })
}

/** Takes a schedule out of use; what it ran stays. @returns false when there is none */
export async function deleteSchedule(db: Database, actor: Actor, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedSchedule(trx, actor.organizationId, id)
    if (!before) return false
    await trx
      .updateTable('schedule')
      .set({ deleted_at: new Date(), ...changed })
      .where('id', '=', id)
      .execute()
    await appendAudit(trx, actor, {
      action: 'schedule.delete',
      target: { kind: 'schedule', id },
      before: visible(before),
    })
    return true
  })
}

/** Keeps other changes, and ticks, out until the transaction is over. */
export async function lockedSchedule(
  trx: Trx,
  organizationId: string,
  id: string,
): Promise<ScheduleRecord | undefined> {
  if (!isUuid(id)) return undefined
  await sql`select from schedule where id = ${id}::uuid and organization_id = ${organizationId}::uuid for update`.execute(
    trx,
  )
  return findSchedule(trx, organizationId, id)
}

async function audited(trx: Trx, actor: Actor, id: string, entry: Omit<AuditRecord, 'target'>): Promise<ScheduleSaved> {
  await appendAudit(trx, actor, { ...entry, target: { kind: 'schedule', id } })
  const schedule = await findSchedule(trx, actor.organizationId, id)
  return schedule ? { kind: 'saved', schedule } : { kind: 'not-found' }
}

const columnsOf = (settings: ScheduleSettings) => ({
  name: settings.name,
  target: settings.target && JSON.stringify(settings.target),
  config: JSON.stringify(settings.config),
  cron: settings.cron,
  every: settings.every,
  timezone: settings.timezone,
  overlap: settings.overlap,
  jitter: settings.jitter,
})

/** What of a schedule the audit keeps, by the names of the API. */
const visible = (settings: ScheduleSettings) => ({
  name: settings.name,
  target: settings.target,
  config: settings.config,
  cron: settings.cron,
  interval: settings.every,
  timezone: settings.timezone,
  overlap: settings.overlap,
  jitter: settings.jitter,
})

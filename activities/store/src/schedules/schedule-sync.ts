import { sql } from 'kysely'
import { appendAudit } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { findSchedule, schedulesByIds, type ScheduleRecord } from './schedules.ts'

/** A schedule as Temporal must be told; without a record it is to be deleted there. */
export interface ScheduleToPush {
  id: string
  revision: number
  /** Temporal had an earlier form of it, as far as is known. */
  known: boolean
  /** Of the ticks up to here it is known whether they started anything. */
  checkedTo: Date
  schedule: ScheduleRecord | undefined
}

/** Longer than telling Temporal takes, with all its deadlines. */
const leaseSeconds = 30

/**
 * Takes one schedule of which Temporal does not have the newest form. Whoever takes it holds it for half a minute, so that two
 * never tell Temporal two forms in the wrong order.
 */
export async function claimUnsynced(db: Database, id: string): Promise<ScheduleToPush | undefined> {
  const { rows } = await sql<{ revision: number; organization_id: string; known: boolean; ticks_checked_to: Date }>`
    update schedule set pushing_until = now() + ${leaseSeconds} * interval '1 second'
    where id = ${id}::uuid and synced_revision <> revision and (pushing_until is null or pushing_until < now())
    returning revision, organization_id, synced_revision > 0 as known, ticks_checked_to`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const schedule = await findSchedule(db, row.organization_id, id)
  return { id, revision: row.revision, known: row.known, checkedTo: row.ticks_checked_to, schedule }
}

/**
 * Notes that Temporal has a revision; a change made meanwhile leaves the schedule unsynced, to be pushed next. Ticks up to
 * `checkedTo` were looked at by the form before: the times of this one tell nothing of them.
 */
export async function markSynced(
  db: Database,
  { id, revision }: ScheduleToPush,
  { nextRuns, checkedTo }: { nextRuns: Date[]; checkedTo: Date | undefined },
): Promise<void> {
  await db
    .updateTable('schedule')
    .set({
      synced_revision: revision,
      pushing_until: null,
      next_runs: nextRuns,
      checked_at: new Date(),
      ...(checkedTo && { ticks_checked_to: sql<Date>`greatest(ticks_checked_to, ${checkedTo})` }),
    })
    .where('id', '=', id)
    .execute()
}

/** Gives back one that Temporal could not be told of. */
export async function releaseUnsynced(db: Database, id: string): Promise<void> {
  await db.updateTable('schedule').set({ pushing_until: null }).where('id', '=', id).execute()
}

/** Those that Temporal must be told of, longest waiting first; also deleted ones. */
export async function listUnsynced(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('schedule')
    .select('id')
    .whereRef('synced_revision', '<>', 'revision')
    .where((eb) => eb.or([eb('pushing_until', 'is', null), eb('pushing_until', '<', sql<Date>`now()`)]))
    .orderBy('checked_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export interface ScheduleToCheck {
  schedule: ScheduleRecord
  /** Of the ticks up to here it is known whether they started anything. */
  checkedTo: Date
}

export interface CheckIntervals {
  /** Every schedule is compared with Temporal this often … */
  everyMs: number
  /** … and as soon as a tick is due for this long, but not more often than this. */
  dueMs: number
}

/** Takes the schedules that nobody compared with Temporal for a while; several gateways share the work. */
export async function claimSchedules(
  db: Database,
  { everyMs, dueMs }: CheckIntervals,
  limit: number,
): Promise<ScheduleToCheck[]> {
  const ms = sql`interval '1 millisecond'`
  const { rows } = await sql<{ id: string; ticks_checked_to: Date }>`
    update schedule set checked_at = now() where id in (
      select id from schedule
      where deleted_at is null and synced_revision = revision and (
        checked_at < now() - ${everyMs} * ${ms}
        or (next_runs[1] < now() - ${dueMs} * ${ms} and checked_at < now() - ${dueMs} * ${ms}))
      order by checked_at limit ${limit} for update skip locked)
    returning id, ticks_checked_to`.execute(db)
  const checkedTo = new Map(rows.map((row) => [row.id, row.ticks_checked_to]))
  const schedules = await schedulesByIds(db, [...checkedTo.keys()])
  return schedules.map((schedule) => ({ schedule, checkedTo: checkedTo.get(schedule.id) ?? schedule.createdAt }))
}

/** What Temporal said; a change made meanwhile keeps its own. */
export async function noteNextRuns(
  db: Database,
  { id, revision }: Pick<ScheduleRecord, 'id' | 'revision'>,
  nextRuns: Date[],
): Promise<void> {
  await db
    .updateTable('schedule')
    .set({ next_runs: nextRuns })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .execute()
}

/** Temporal does not know it (its history was lost, or somebody deleted it there): it is told again. */
export async function markUnsynced(db: Database, { id, revision }: ScheduleRecord): Promise<void> {
  await db
    .updateTable('schedule')
    .set({ synced_revision: 0 })
    .where('id', '=', id)
    .where('synced_revision', '=', revision)
    .execute()
}

/**
 * Takes over that it was paused, or resumed, in Temporal itself. Temporal has that already, so the revision stays; a change
 * of ours that was made meanwhile wins.
 */
export async function followPause(
  db: Database,
  { id, revision, organizationId }: ScheduleRecord,
  { paused, note }: { paused: boolean; note: string | undefined },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('schedule')
      .set({
        paused_at: paused ? new Date() : null,
        paused_by: paused ? 'Temporal' : null,
        pause_reason: (paused && note) || null,
        updated_at: new Date(),
        ...(!paused && { ticks_checked_to: new Date() }),
      })
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .where('revision', '=', revision)
      .where('synced_revision', '=', revision)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) return
    const actor = { organizationId, name: 'Temporal', requestId: 'schedules' }
    await appendAudit(trx, actor, {
      action: paused ? 'schedule.pause' : 'schedule.resume',
      target: { kind: 'schedule', id },
      reason: note || undefined,
    })
  })
}

import type { SkipReason } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { lockedSchedule } from './change-schedule.ts'
import { recordTick, type TickJobs } from './record-tick.ts'
import type { ScheduleRecord } from './schedules.ts'

/** A tick of Temporal's. A schedule that was paused or deleted in the meantime starts nothing, also where Temporal was not told yet. */
export async function takeTick(db: Database, scheduleId: string, at: Date): Promise<TickJobs | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('schedule')
      .select(['organization_id', 'created_by'])
      .where('id', '=', scheduleId)
      .executeTakeFirst()
    const schedule = row && (await lockedForTick(trx, row.organization_id, scheduleId))
    if (!schedule || schedule.paused) return undefined
    const tick = await recordTick(trx, schedule, { at, kind: 'tick', actor: schedule.createdBy })
    return tick.kind === 'started' ? tick.jobs : undefined
  })
}

/** Connection before schedule: the order in which the deletion of a connection takes its locks. */
async function lockedForTick(trx: Trx, organizationId: string, id: string): Promise<ScheduleRecord | undefined> {
  if (!isUuid(id)) return undefined
  await sql`
    select from connection where id = (
      select a.connection_id from schedule s join asset a on a.id = s.asset_id where s.id = ${id}::uuid)
    for key share`.execute(trx)
  return lockedSchedule(trx, organizationId, id)
}

/** How many jobs of a tick of the clock have not ended. */
export async function countActiveJobsOfTick(db: Database, scheduleId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ active: number }>`
    select count(*) as active from job
    where ended_at is null and id = any(array(
      select unnest(job_ids) from schedule_tick
      where schedule_id = ${scheduleId}::uuid and at = ${at} and kind = 'tick'))`.execute(db)
  return rows[0]?.active ?? 0
}

export type Triggered =
  /** `first`: those that whoever asked starts himself; the rest is started by the reconciler. */
  | { kind: 'started'; jobs: TickJobs; first: { id: string; assetId: string }[] }
  | { kind: 'skipped'; reason: SkipReason; blockingJobId: string | null }
  | { kind: 'not-found' }

/** Ticks now, in the actor's name, also while paused. One that starts nothing leaves no trace: the actor is told why. */
export async function triggerSchedule(db: Database, actor: Actor, id: string): Promise<Triggered> {
  return db.transaction().execute(async (trx): Promise<Triggered> => {
    const schedule = await lockedForTick(trx, actor.organizationId, id)
    if (!schedule) return { kind: 'not-found' }
    const tick = await recordTick(trx, schedule, {
      at: new Date(),
      kind: 'manual',
      actor: actor.name,
      ...(actor.resourceId !== undefined && { firstJobId: actor.resourceId }),
    })
    if (tick.kind === 'skipped') return tick
    const { jobIds } = tick.jobs
    await appendAudit(trx, actor, {
      action: 'schedule.trigger',
      target: { kind: 'schedule', id },
      after: { jobs: jobIds.length, jobIds: jobIds.slice(0, few) },
    })
    const first = await trx
      .selectFrom('job')
      .select(['id', 'asset_id as assetId'])
      .where('id', '=', sql<string>`any(${jobIds.slice(0, few)}::uuid[])`)
      .execute()
    return { ...tick, first }
  })
}

/** Named in the audit, and started at once. */
const few = 20

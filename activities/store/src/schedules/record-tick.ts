import { durationMs, maxJobsOfTick, type JobType, type ScheduleTarget, type SkipReason } from '@plumbline/workflows'
import { sql } from 'kysely'
import { v5 } from 'uuid'
import { scopeColumn } from '../catalog/assets.ts'
import { escapeLike } from '../like-pattern.ts'
import { insertJobs } from '../jobs/insert-job.ts'
import type { Trx } from '../jobs/job-events.ts'
import type { TickKind } from './schedule-table.ts'
import type { ScheduleRecord } from './schedules.ts'

export interface Tick {
  /** The time it is for. */
  at: Date
  kind: TickKind
  /** In whose name its jobs run. */
  actor: string
  /** Of a request that may be carried out again: it then finds this job. */
  firstJobId?: string
}

/** The jobs that a tick came to; none where it was skipped. */
export interface TickJobs {
  type: JobType
  config: Record<string, unknown>
  jobIds: string[]
}

export type TickRecorded =
  | { kind: 'started'; jobs: TickJobs }
  | { kind: 'skipped'; reason: SkipReason; blockingJobId: string | null }

/**
 * Writes a tick and the rows of its jobs, which are pending; whoever asked for the tick starts their runs. The schedule must be
 * locked by the transaction, so that a tick is written once: ids follow from the tick, and a repeated call finds it written.
 */
export async function recordTick(trx: Trx, schedule: ScheduleRecord, tick: Tick): Promise<TickRecorded> {
  const before = await recordedBefore(trx, schedule.id, tick)
  if (before) return started(schedule, before.job_ids)
  if (schedule.asset.removedAt) return skip(trx, schedule, tick, 'asset-removed')
  const found = await targetsOf(trx, schedule)
  const [assetIds, capped] = [found.slice(0, maxJobsOfTick), found.length > maxJobsOfTick]
  const jobIds = await insertTickJobs(trx, schedule, tick, assetIds)
  if (jobIds.length === 0) return skipWithout(trx, schedule, tick, assetIds)
  await forgetMissed(trx, schedule, tick)
  const active = assetIds.length - jobIds.length
  await writeTick(trx, schedule.id, tick, {
    outcome: 'started',
    job_ids: jobIds,
    message: leftOut(active, capped),
  })
  return started(schedule, jobIds)
}

function recordedBefore(trx: Trx, scheduleId: string, { at, kind, firstJobId }: Tick) {
  const ticks = trx
    .selectFrom('schedule_tick')
    .select('job_ids')
    .where('schedule_id', '=', scheduleId)
    .where('kind', '=', kind)
    .where('outcome', '=', 'started')
  const sameTick =
    firstJobId === undefined
      ? ticks.where('at', '=', at)
      : ticks.where(sql<string>`job_ids[1]`, '=', firstJobId).orderBy('at', 'desc')
  return sameTick.executeTakeFirst()
}

const started = ({ type, config }: ScheduleRecord, jobIds: string[]): TickRecorded => ({
  kind: 'started',
  jobs: { type, config, jobIds },
})

/** One more than the most, which tells that there are more. */
async function targetsOf(trx: Trx, schedule: ScheduleRecord): Promise<string[]> {
  if (!schedule.target) return [schedule.assetId]
  const { each, matching } = schedule.target
  let query = trx
    .selectFrom('asset')
    .select('id')
    .where('organization_id', '=', schedule.organizationId)
    .where(scopeColumn(schedule.asset.kind), '=', schedule.assetId)
    .where('kind', '=', each)
    .where('removed_at', 'is', null)
  if (matching !== undefined) query = query.where(matches(matching, schedule.asset.database))
  const rows = await query
    .orderBy('qualified_name')
    .orderBy('id')
    .limit(maxJobsOfTick + 1)
    .execute()
  return rows.map(({ id }) => id)
}

/** The pattern may leave the database out: `sales.*` is every asset of the schema sales. */
function matches(matching: ScheduleTarget['matching'] & string, database: string) {
  const pattern = escapeLike(matching).replaceAll('*', '%')
  return sql<boolean>`(qualified_name like ${pattern} or qualified_name like ${`${escapeLike(database)}.${pattern}`})`
}

async function insertTickJobs(
  trx: Trx,
  schedule: ScheduleRecord,
  { at, kind, actor, firstJobId }: Tick,
  assetIds: readonly string[],
): Promise<string[]> {
  const { organizationId, type, config, id: scheduleId } = schedule
  return insertJobs(trx, {
    organizationId,
    type,
    config,
    trigger: 'schedule',
    scheduleId,
    actor,
    targets: assetIds.map((assetId, index) => {
      const id = v5(`${kind} ${at.toISOString()} ${assetId}`, scheduleId)
      return { id: index === 0 ? (firstJobId ?? id) : id, assetId }
    }),
  })
}

/** Nothing was inserted: there is nothing to work on, or all of it is worked on already. */
async function skipWithout(
  trx: Trx,
  schedule: ScheduleRecord,
  tick: Tick,
  assetIds: readonly string[],
): Promise<TickRecorded> {
  const twin = await trx
    .selectFrom('job')
    .select('id')
    .where('type', '=', schedule.type)
    .where('asset_id', '=', sql<string>`any(${[...assetIds]}::uuid[])`)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (twin) return skip(trx, schedule, tick, 'job-already-active', twin.id)
  return skip(trx, schedule, tick, assetIds.length === 0 ? 'no-match' : 'asset-removed')
}

async function skip(
  trx: Trx,
  schedule: ScheduleRecord,
  tick: Tick,
  reason: SkipReason,
  blockingJobId: string | null = null,
): Promise<TickRecorded> {
  // Who asks for a tick is told at once why there is none: only ticks of the clock are kept.
  if (tick.kind === 'tick') {
    await writeTick(trx, schedule.id, tick, { outcome: 'skipped', reason, blocking_job_id: blockingJobId })
  }
  return { kind: 'skipped', reason, blockingJobId }
}

interface TickOutcome {
  outcome: 'started' | 'skipped'
  reason?: SkipReason
  message?: string | null
  job_ids?: string[]
  blocking_job_id?: string | null
}

/** A tick that was taken for missed, and comes late after all, becomes what it is. */
async function writeTick(trx: Trx, scheduleId: string, { at, kind }: Tick, outcome: TickOutcome): Promise<void> {
  const values = { reason: null, message: null, job_ids: [], blocking_job_id: null, ...outcome }
  await trx
    .insertInto('schedule_tick')
    .values({ schedule_id: scheduleId, at, kind, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['schedule_id', 'at', 'kind'])
        .doUpdateSet(values)
        .where('schedule_tick.outcome', '=', 'skipped'),
    )
    .execute()
}

/** With jitter, a tick that comes late after all was taken for missed at the time that jitter made of it. */
async function forgetMissed(trx: Trx, { id, jitter }: ScheduleRecord, { at, kind }: Tick): Promise<void> {
  const jitterMs = jitter === null ? undefined : durationMs(jitter)
  if (jitterMs === undefined || kind === 'manual') return
  await trx
    .deleteFrom('schedule_tick')
    .where('schedule_id', '=', id)
    .where('kind', '=', 'tick')
    .where('reason', '=', 'missed')
    .where('at', '>', at)
    .where('at', '<=', new Date(at.getTime() + jitterMs))
    .execute()
}

function leftOut(active: number, capped: boolean): string | null {
  const sentences = [
    ...(active > 0 ? [`${active} left out: a job of this type was active on them`] : []),
    ...(capped ? [`More assets match: the first ${maxJobsOfTick} by name got a job`] : []),
  ]
  return sentences.length > 0 ? sentences.join('. ') : null
}

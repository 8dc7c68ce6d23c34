import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { ScheduleRecord } from './schedules.ts'

/** Those of the given times of which the record has no tick yet. */
export async function unrecordedTicks(db: Database, scheduleId: string, times: readonly Date[]): Promise<Date[]> {
  const { rows } = await sql<{ at: Date }>`
    select wanted.at from unnest(${[...times]}::timestamptz[]) as wanted(at)
    where not exists (
      select from schedule_tick k where k.schedule_id = ${scheduleId}::uuid and k.at = wanted.at and k.kind = 'tick')`.execute(
    db,
  )
  return rows.map(({ at }) => at)
}

/** The ends of jobs and the clock of Temporal are compared no finer than this. */
const toleranceMs = 5_000
/** A tick that is older than the last few cannot be what held up the next, unless all between were skipped too. */
const lookedAt = 3

/**
 * Notes the ticks of which the record has nothing, with the reason: the jobs of a tick before were active at the time, else it
 * was missed (also while the tick before waited for a worker, and had no jobs yet). Times have jitter and recorded ticks have none: a tick belongs to the first time at or after it. Repeating it is
 * harmless, and a tick that comes late after all takes the place of what is noted here.
 */
export async function recordSkippedTicks(
  db: Database,
  { id, overlap }: Pick<ScheduleRecord, 'id' | 'overlap'>,
  { after, times }: { after: Date; times: readonly Date[] },
): Promise<void> {
  await sql`
    with wanted as (
      select at, lag(at, 1, ${after}::timestamptz) over (order by at) as earlier
      from unnest(${[...times]}::timestamptz[]) as t(at)
    ), missing as (
      select at from wanted
      where not exists (
        select from schedule_tick k
        where k.schedule_id = ${id}::uuid and k.kind = 'tick' and k.at > wanted.earlier and k.at <= wanted.at)
    ), noted as (
      insert into schedule_tick (schedule_id, at, kind, outcome, reason, blocking_job_id)
      select ${id}::uuid, missing.at, 'tick', 'skipped', case when active.id is null then 'missed' else 'overlap' end,
        active.id
      from missing
      left join lateral (
        select j.id
        from (
          select at, job_ids from schedule_tick
          where schedule_id = ${id}::uuid and kind = 'tick' and outcome = 'started' and at < missing.at
          order by at desc limit ${lookedAt}
        ) k join job j on j.id = any(k.job_ids)
        where ${overlap} <> 'allow_all' and j.created_at < missing.at
          and (j.ended_at is null or j.ended_at > missing.at - ${toleranceMs} * interval '1 millisecond')
        order by k.at desc limit 1
      ) active on true
      on conflict do nothing
    )
    update schedule set ticks_checked_to = greatest(ticks_checked_to, (select max(at) from wanted))
    where id = ${id}::uuid`.execute(db)
}

import type { JobType, SkipReason } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { withinTime } from '../within-time.ts'

/** A schedule of which ticks started nothing. */
export interface SkippedSchedule {
  id: string
  name: string
  type: JobType
  /** On what. */
  qualifiedName: string
  /** At most `mostTicks`. */
  ticks: number
  lastAt: Date
  lastReason: SkipReason
  blockingJobId: string | null
}

/** More ticks of a schedule are not counted. */
export const mostTicks = 1_000
const mostSchedules = 100
const timeLimitMs = 2_000

/** The schedules that skipped ticks in a time, most ticks first. `undefined` when that takes too long to find out. */
export async function skippedSchedules(
  db: Database,
  organizationId: string,
  { from, to, ids }: { from: Date; to: Date; ids?: readonly string[] | undefined },
): Promise<SkippedSchedule[] | undefined> {
  return withinTime(db, timeLimitMs, async (trx) => {
    const { rows } = await sql<SkippedSchedule>`
      select s.id, s.name, s.type, a.qualified_name as "qualifiedName", k.ticks, k."lastAt", k."lastReason", k."blockingJobId"
      from schedule s join asset a on a.id = s.asset_id
      cross join lateral (
        select count(*) as ticks, max(at) as "lastAt", (array_agg(reason order by at desc))[1] as "lastReason",
          (array_agg(blocking_job_id order by at desc))[1] as "blockingJobId"
        from (
          select at, reason, blocking_job_id from schedule_tick
          where schedule_id = s.id and outcome = 'skipped' and at >= ${from} and at < ${to} order by at desc limit ${mostTicks}
        ) newest
      ) k
      where s.organization_id = ${organizationId}::uuid and s.deleted_at is null and k.ticks > 0
        and ${ids ? sql`s.id = any(${[...ids]}::uuid[])` : sql`true`}
      order by k.ticks desc, s.name limit ${mostSchedules}`.execute(trx)
    return rows
  })
}

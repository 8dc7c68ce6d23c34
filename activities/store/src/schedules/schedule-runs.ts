import type { JobStatus, SkipReason } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { TickKind } from './schedule-table.ts'

export interface ScheduleRun {
  at: Date
  kind: TickKind
  message: string | null
  /** The first ten. */
  jobs: { id: string; status: JobStatus }[]
  jobCount: number
}

export interface SkippedTick {
  at: Date
  reason: SkipReason
  blockingJobId: string | null
}

/** What came of the last ticks of a schedule, newest first. */
export interface ScheduleHistory {
  runs: ScheduleRun[]
  skipped: SkippedTick[]
}

const listed = 10

/** For the given schedules at once; one that never ticked has empty lists. */
export async function scheduleHistories(db: Database, ids: readonly string[]): Promise<Map<string, ScheduleHistory>> {
  const [runs, skipped] = await Promise.all([lastRuns(db, ids), lastSkipped(db, ids)])
  const runsOf = Map.groupBy(runs, (run) => run.schedule_id)
  const skippedOf = Map.groupBy(skipped, (tick) => tick.schedule_id)
  return new Map(ids.map((id) => [id, { runs: runsOf.get(id) ?? [], skipped: skippedOf.get(id) ?? [] }]))
}

/** The jobs come in the order they have in the tick; one that retention removed is missing. */
async function lastRuns(db: Database, ids: readonly string[]) {
  const { rows } = await sql<ScheduleRun & { schedule_id: string }>`
    select t.schedule_id, t.at, t.kind, t.message, cardinality(t.job_ids) as "jobCount",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', j.id, 'status', j.status) order by shown.place)
        from unnest(t.job_ids[1:${listed}]) with ordinality as shown(id, place) join job j on j.id = shown.id
      ), '[]') as jobs
    from unnest(${[...ids]}::uuid[]) as wanted(id)
    cross join lateral (
      select * from schedule_tick where schedule_id = wanted.id and outcome = 'started' order by at desc limit ${listed}
    ) t
    order by t.at desc`.execute(db)
  return rows
}

async function lastSkipped(db: Database, ids: readonly string[]) {
  const { rows } = await sql<SkippedTick & { schedule_id: string }>`
    select t.schedule_id, t.at, t.reason, t.blocking_job_id as "blockingJobId"
    from unnest(${[...ids]}::uuid[]) as wanted(id)
    cross join lateral (
      select * from schedule_tick where schedule_id = wanted.id and outcome = 'skipped' order by at desc limit ${listed}
    ) t
    order by t.at desc`.execute(db)
  return rows
}

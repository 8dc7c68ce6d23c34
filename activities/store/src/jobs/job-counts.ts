import { jobTabs, type JobTab } from '@plumbline/workflows'
import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import type { Tables } from '../tables.ts'
import { withinTime } from '../within-time.ts'
import { isOneOf, jobStates, statesOf, type JobFilter } from './job-filter.ts'
import { probeOf } from './job-probe.ts'
import { placesOf, placesWorth, textKeys } from './text-keys.ts'
import { isNarrowed, isOfKinds, isOfTime, kindsOf, ofKind } from './job-kinds.ts'
import { scanConditions } from './job-page.ts'
import { scopeOf, type ListScope } from './list-scope.ts'
import { createdWithin } from './page-order.ts'

/** Counting one by one ends here: what is more is `countLimit` and capped. */
export const countLimit = 10_000

export type JobTabCounts = Record<JobTab | 'unresolved', number> & {
  /** The counts that are the least there are. */
  capped: (JobTab | 'unresolved')[]
}

/** How many of a state there are, and whether there may be more. */
interface StateCount {
  state: JobState
  jobs: number
  capped: boolean
}

/**
 * Exact where the filter asks for no more than the rollup knows: state, type, trigger, connection and database. Else counted
 * one by one, up to a limit.
 */
export async function countJobs(db: Database, organizationId: string, filter: JobFilter): Promise<JobTabCounts> {
  const scope = await scopeOf(db, organizationId, filter)
  if (!isOfKinds(filter) || isNarrowed(scope, filter)) return tabCounts(await countedInTime(db, scope, filter))
  const isRolledUp = !isOfTime(filter) && filter.actor === undefined && filter.asset?.kind !== 'schema'
  const counts = isRolledUp ? rolledUp(scope, filter) : countedKinds(scope, filter)
  return tabCounts((await counts.execute(db)).rows)
}

function tabCounts(rows: readonly StateCount[]): JobTabCounts {
  const sum = (states: readonly string[]) => {
    const mine = rows.filter(({ state }) => states.includes(state))
    return { jobs: mine.reduce((jobs, row) => jobs + row.jobs, 0), capped: mine.some((row) => row.capped) }
  }
  const sums = {
    all: sum(jobStates),
    active: sum(jobTabs.active),
    completed: sum(jobTabs.completed),
    failed: sum(['failed', 'resolved']),
    unresolved: sum(['failed']),
  }
  const names = ['all', 'active', 'completed', 'failed', 'unresolved'] as const
  return {
    all: sums.all.jobs,
    active: sums.active.jobs,
    completed: sums.completed.jobs,
    failed: sums.failed.jobs,
    unresolved: sums.unresolved.jobs,
    capped: names.filter((name) => sums[name].capped),
  }
}

/** The rollup and what has been appended since it was folded: as exact as counting, in one snapshot. */
function rolledUp({ organizationId, databases }: ListScope, filter: JobFilter): RawBuilder<StateCount> {
  const states = statesOf(filter)
  const conditions = sql`
    job.organization_id = ${organizationId}::uuid
    and ${states ? isOneOf('state', states) : sql`true`} and ${filter.types ? isOneOf('type', filter.types) : sql`true`}
    and ${filter.trigger ? sql`job.trigger_kind = ${filter.trigger}` : sql`true`}`
  return sql<StateCount>`
    select state, sum(jobs)::bigint as jobs, false as capped from (
      select state, jobs from job_count job
      where job.scope_id = any(${[...(databases ?? [organizationId])]}::uuid[]) and ${conditions}
      union all
      select state, change from job_count_change job
      where ${databases ? sql`job.database_id = any(${[...databases]}::uuid[])` : sql`true`} and ${conditions}
    ) known
    group by state`
}

/** Each state up to the limit, through the indexes of kinds. */
function countedKinds(scope: ListScope, filter: JobFilter): RawBuilder<StateCount> {
  const states = statesOf(filter) ?? jobStates
  return sql<StateCount>`
    select state, least(jobs, ${countLimit}) as jobs, jobs > ${countLimit} as capped
    from unnest(${[...states]}::text[]) state, lateral (
      select count(*) as jobs from (
        select from ${kindsOf(scope, filter).table} kind, lateral (
          select from job where ${ofKind(scope, filter)} and ${createdWithin(filter)} limit ${countLimit + 1}
        ) job
        where kind.state = state.state limit ${countLimit + 1}
      ) these
    ) counted`
}

/**
 * One by one up to the limit in all: in the order of the list where many of a list's jobs match, else through the index that
 * leads to the few. Within a transaction.
 */
async function counted(
  db: Transaction<Tables>,
  scope: ListScope,
  filter: JobFilter,
  many: boolean,
): Promise<StateCount[]> {
  // Where a text is rare the planner would sort the whole table, and use up the time for nothing.
  await sql`select set_config('enable_seqscan', 'off', true)`.execute(db)
  const { rows } = await sql<StateCount>`
    with found as materialized (${await statesToCount(db, scope, filter, many)})
    select state, count(*) as jobs, (select count(*) from found) > ${countLimit} as capped
    from found group by state`.execute(db)
  return rows
}

async function statesToCount(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  many: boolean,
): Promise<RawBuilder<{ state: JobState }>> {
  const page = { sort: 'createdAt', order: 'desc', limit: countLimit + 1 } as const
  const places =
    filter.text === undefined || many ? undefined : await placesOf(db, scope, filter.text, placesWorth.most)
  if (places) return textKeys(scope, filter, places, page)
  return sql<{ state: JobState }>`select job.state from job where ${scanConditions(scope, filter)}
    ${many || filter.text !== undefined ? sql`order by job.created_at desc, job.id desc` : sql``} limit ${page.limit}`
}

/** Jobs that are looked at first, and how many of them must match for many to do so. */
const countProbe = 1_000
const manyMatch = 50

/** How long badges may take that nothing keeps ready. */
const timeLimitMs = 100

/** Counted in the time there is; else what the newest jobs hold, which is the least there are. */
async function countedInTime(db: Database, scope: ListScope, filter: JobFilter): Promise<StateCount[]> {
  const page = { sort: 'createdAt', order: 'desc', limit: countLimit } as const
  const { states, whole } = await probeOf(db, scope, filter, page, countProbe)
  if (!whole) {
    const inTime = await withinTime(db, timeLimitMs, (trx) => counted(trx, scope, filter, states.length >= manyMatch))
    if (inTime) return inTime
  }
  return jobStates.map((state) => ({
    state,
    jobs: states.filter((one) => one === state).length,
    capped: !whole && (statesOf(filter) ?? jobStates).includes(state),
  }))
}

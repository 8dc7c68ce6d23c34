import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from '../tables.ts'
import type { JobFilter } from './job-filter.ts'
import {
  afterCondition,
  scanConditions,
  sortKeys,
  type JobPageRequest,
  type ListScope,
  type PageKey,
} from './job-page.ts'
import { periodsOf, type Period } from './text-periods.ts'

/** Nothing was created later than this after now: clocks differ. */
const clocksDifferMs = 86_400_000

/**
 * The keys of a page of a filter with a text, period by period through the text index. Sorted by creation, the periods are in the
 * order of the page and a nested loop keeps it, so that the limit ends the loop at the period that fills the page.
 */
export async function textKeys(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<RawBuilder<PageKey & { state: JobState }>> {
  const periods = await periodsFor(db, scope, filter, page)
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  return sql<PageKey & { state: JobState }>`
    select found.id, found.key, found.state
    from unnest(${periods.map(({ code }) => code)}::int[], ${periods.map((one) => new Date(one.from))}::timestamptz[],
      ${periods.map((one) => new Date(one.to))}::timestamptz[]) as period (code, begins, ends)
    cross join lateral (
      select job.id, ${key} as key, job.state from job
      where ${scanConditions(scope, filter)} and ${afterCondition(page)}
        and job_periods(job.created_at) @> array[period.code]
        and ${createdInPeriod}
      order by ${key} ${order}, job.id ${order} limit ${page.limit}
    ) found
    ${page.sort === 'createdAt' ? sql`` : sql`order by found.key ${order}, found.id ${order}`}
    limit ${page.limit}`
}

/** Through the text index alone: as plain comparisons the planner would read all jobs of the period, knowing nothing of its length. */
const createdInPeriod = sql<SqlBool>`
  job.created_at + interval '0' >= period.begins and job.created_at + interval '0' < period.ends`

async function periodsFor(
  db: Database,
  { organizationId }: ListScope,
  { createdAfter, createdBefore }: JobFilter,
  { sort, order, after }: JobPageRequest,
): Promise<Period[]> {
  const reached = sort === 'createdAt' ? after?.key : undefined
  const from = order === 'asc' ? reached : undefined
  const to = order === 'desc' && reached !== undefined ? reached + 1 : Number.POSITIVE_INFINITY
  return periodsOf(
    from ?? createdAfter?.getTime() ?? (await oldest(db, organizationId)),
    Math.min(to, createdBefore?.getTime() ?? Date.now() + clocksDifferMs),
    sort === 'createdAt' ? order : 'desc',
  )
}

async function oldest(db: Database, organizationId: string): Promise<number> {
  const row = await db
    .selectFrom('job')
    .select('created_at')
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.created_at.getTime() ?? Date.now()
}

import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import type { JobFilter } from './job-filter.ts'
import {
  afterCondition,
  isMerged,
  pageKeys,
  scanConditions,
  sortKeys,
  type JobPageRequest,
  type ListScope,
} from './job-page.ts'

/** Jobs that are looked at one by one before something else is tried: a few milliseconds' worth, and some tens. */
export const firstProbe = 1_000
export const secondProbe = 20_000
/** By duration an index holds all that is looked at but a text: so many cost some ten milliseconds. */
const durationProbe = 30_000

/** What looking at the first jobs of a wider list has found. */
export interface Probe {
  /** Of the jobs that match, in the order of the page. */
  ids: string[]
  states: JobState[]
  /** Whether the wider list has no more jobs than were looked at: then these are all. */
  whole: boolean
}

/**
 * The ids of a page, as far as the first jobs by duration hold it, from the index alone. Where many match, that is the page; where
 * few do, an index over the rest is worth its cost. The planner would have to guess which it is.
 */
export async function firstByDuration(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<string[]> {
  const first = firstOf(scope, filter, { ...page, limit: durationProbe })
  const { rows } = await sql<{ id: string }>`
    select id from (${first}) first where matches limit ${page.limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Looks through the first `probed` jobs of the wider list for those that the whole filter lets through. */
export async function probeOf(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
  probed: number,
): Promise<Probe> {
  const order = sql.raw(page.order)
  const { rows } = await sql<{ id: string | null; state: JobState | null; looked: number }>`
    with first as materialized (${firstOf(scope, filter, { ...page, limit: probed })}),
    matching as (
      select id, state, key from first where matches order by key ${order}, id ${order} limit ${page.limit}
    )
    select matching.id, matching.state, looked from (select count(*) as looked from first) all_of_them
    left join matching on true
    order by matching.key ${order}, matching.id ${order}`.execute(db)
  return {
    ids: rows.flatMap((row) => row.id ?? []),
    states: rows.flatMap((row) => row.state ?? []),
    whole: (rows[0]?.looked ?? 0) < probed,
  }
}

/**
 * The first jobs of the wider list, and whether each matches. The wider list is what an index has in the order of the page: by
 * creation all but the text, by duration the whole organization.
 */
function firstOf(scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<unknown> {
  const { text: _text, ...wider } = filter
  const matches = scanConditions(scope, filter)
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  if (page.sort === 'createdAt' && isMerged(scope, wider, page.sort))
    return sql`select first.key, job.id, job.state, (${matches}) as matches
      from (${pageKeys(scope, wider, page)}) first join job on job.id = first.id`
  const within =
    page.sort === 'createdAt' ? scanConditions(scope, wider) : sql`job.organization_id = ${scope.organizationId}::uuid`
  return sql`select ${key} as key, job.id, job.state, (${matches}) as matches from job
    where ${within} and ${afterCondition(page)}
    order by ${key} ${order}, job.id ${order} limit ${page.limit}`
}

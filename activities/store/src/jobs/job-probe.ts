import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import { textCondition, type JobFilter } from './job-filter.ts'
import {
  afterCondition,
  isInOrder,
  pageKeys,
  scanConditions,
  sortKeys,
  type JobPageRequest,
  type ListScope,
  type PageKey,
} from './job-page.ts'

/** Jobs whose text is read one by one before something else is tried: a few milliseconds' worth, and some tens. */
export const firstProbe = 1_000
export const secondProbe = 5_000
/** Jobs that are read for a text that no index leads to. Those next by creation lie side by side, by duration anywhere. */
export const onlyProbe = { createdAt: 2_000, durationMs: 1_000 } as const
/** By duration an index holds all that is looked at: so many cost some ten milliseconds. */
export const durationProbe = 30_000

/** What looking at the first jobs of a wider list has found. */
export interface Probe {
  /** Of the jobs that match, in the order of the page. */
  ids: string[]
  states: JobState[]
  /** Whether the wider list has no more jobs than were looked at: then these are all. */
  whole: boolean
}

/**
 * The ids of a page, as far as the first jobs by duration hold it. Where many match, that is the page; where few do, an index over
 * the rest is worth its cost. The planner would have to guess which it is.
 */
export async function firstByDuration(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (${keysByDuration(scope, filter, page, durationProbe)}) first`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Looks through the first `probed` jobs of the list without the text for those that hold it. Where no index has that list in its order,
 * they are among the first `among` by duration.
 */
export async function probeOf(
  db: Database,
  scope: ListScope,
  { text = '', ...wider }: JobFilter,
  page: JobPageRequest,
  probed: number,
  among = probed,
): Promise<Probe> {
  const order = sql.raw(page.order)
  const ordered = isInOrder(scope, wider, page)
  const first = { ...page, limit: probed }
  const { rows } = await sql<{ id: string | null; state: JobState | null; looked: number }>`
    with first as materialized (${ordered ? pageKeys(scope, wider, first) : keysByDuration(scope, wider, first, among)}),
    matching as (
      select job.id, job.state, first.key from first join job on job.id = first.id
      where ${textCondition(text)} order by first.key ${order}, job.id ${order} limit ${page.limit}
    )
    select matching.id, matching.state, looked from (select count(*) as looked from first) all_of_them
    left join matching on true
    order by matching.key ${order}, matching.id ${order}`.execute(db)
  return {
    ids: rows.flatMap((row) => row.id ?? []),
    states: rows.flatMap((row) => row.state ?? []),
    whole: ordered && (rows[0]?.looked ?? 0) < probed,
  }
}

/**
 * Of the first `looked` jobs of the organization by duration those that a filter without a text lets through, as many as the page
 * takes, from the index alone.
 */
function keysByDuration(
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
  looked: number,
): RawBuilder<PageKey> {
  const order = sql.raw(page.order)
  return sql<PageKey>`
    select job.id, job.key from (
      select job.*, ${sortKeys.durationMs} as key from job
      where job.organization_id = ${scope.organizationId}::uuid and ${afterCondition(page)}
      order by key ${order}, job.id ${order} limit ${looked}
    ) job
    where ${scanConditions(scope, filter)}
    order by job.key ${order}, job.id ${order} limit ${page.limit}`
}

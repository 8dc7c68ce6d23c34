import { expressionBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState, Tables } from '../tables.ts'
import { jobConditions, type JobFilter } from './job-filter.ts'
import { pageKeys, type JobPageRequest, type ListScope } from './job-page.ts'

/** Jobs that are looked at one by one before something else is tried: a few milliseconds' worth. */
const probed = 1_000

/** What looking at the first jobs of a wider list has found. */
export interface Probe {
  /** Of the jobs that match, in the order of the page. */
  ids: string[]
  states: JobState[]
  /** Whether the wider list has no more jobs than were looked at: then these are all. */
  whole: boolean
}

/**
 * Looks through the first jobs of a list that an index can give in order, for those that the whole filter lets through. Where
 * many do, that is the page; where few do, who asks knows that an index over the rest is worth its cost. The planner
 * would have to guess which it is.
 */
export async function firstMatches(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<Probe> {
  const conditions = jobConditions(expressionBuilder<Tables, 'job'>(), scope.organizationId, filter)
  const order = sql.raw(page.order)
  const { rows } = await sql<{ id: string | null; state: JobState | null; looked: number }>`
    with first as materialized (${pageKeys(scope, indexed(filter, page), { ...page, limit: probed })}),
    matching as (
      select first.key, job.id, job.state from first join job on job.id = first.id where ${conditions}
      order by first.key ${order}, first.id ${order} limit ${page.limit}
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

/** The part of a filter for which an index has the order of the page. */
function indexed({ text: _text, ...filter }: JobFilter, { sort }: JobPageRequest): JobFilter {
  if (sort === 'createdAt') return filter
  const { createdAfter: _after, createdBefore: _before, actor: _actor, asset, ...kinds } = filter
  return asset?.kind === 'database' ? { ...kinds, asset } : kinds
}

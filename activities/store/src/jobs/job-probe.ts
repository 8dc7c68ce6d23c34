import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from '../tables.ts'
import { hasTrigram, type JobFilter } from './job-filter.ts'
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
const secondProbe = 20_000
/** By duration an index holds all that is looked at but a text: so many cost some ten milliseconds. */
const durationProbe = 30_000

/** So many of the first probe make it likely that the second fills a page. */
const promising = 2

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
  if (page.sort === 'durationMs' && filter.text === undefined) return matchesByDuration(db, scope, filter, page)
  const probe = await probeOf(db, scope, filter, page, firstProbe)
  if (probe.whole || probe.ids.length === page.limit) return probe
  const isProbedAgain = isOnlyProbed(filter) || probe.ids.length >= promising
  const last = isProbedAgain ? await probeOf(db, scope, filter, page, secondProbe) : probe
  return isOnlyProbed(filter) ? { ...last, whole: true } : last
}

/** From the index alone and no further than the page needs; how long the list is does not matter then. */
async function matchesByDuration(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<Probe> {
  const first = firstOf(scope, filter, { ...page, limit: durationProbe })
  const { rows } = await sql<{ id: string; state: JobState }>`
    select id, state from (${first}) first where matches limit ${page.limit}`.execute(db)
  return { ids: rows.map(({ id }) => id), states: rows.map(({ state }) => state), whole: false }
}

/** Whether no index leads to the text: then what the probes find is all that is found. */
export const isOnlyProbed = ({ text }: JobFilter): boolean => text !== undefined && !hasTrigram(text)

/** Those among the first `probed` jobs of the wider list. */
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

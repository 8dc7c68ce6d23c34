import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import { textCondition, type JobFilter } from './job-filter.ts'
import { pageKeys } from './job-page.ts'
import type { ListScope } from './list-scope.ts'
import type { JobPageRequest } from './page-order.ts'

/** Jobs whose text is read one by one before something else is tried: each may lie in a page of its own, some ten microseconds away. */
export const firstProbe = 200
export const secondProbe = 2_000
/** By how much more jobs are read than would be enough if as many of the next held the text as of the first. */
export const probeMargin = 1.5
/** Jobs that are read for a text that no index leads to. */
export const onlyProbe = 1_000

/** What looking at the first jobs of a wider list has found. */
export interface Probe {
  /** Of the jobs that match, in the order of the page. */
  ids: string[]
  states: JobState[]
  /** Whether the wider list has no more jobs than were looked at: then these are all. */
  whole: boolean
}

/** Looks through the first `probed` jobs of the list without the text for those that hold it, until they fill the page. */
export async function probeOf(
  db: Database,
  scope: ListScope,
  { text = '', ...wider }: JobFilter,
  page: JobPageRequest,
  probed: number,
): Promise<Probe> {
  const order = sql.raw(page.order)
  const keys = await pageKeys(db, scope, wider, { ...page, limit: probed })
  const { rows } = await sql<{ id: string | null; state: JobState | null; looked: number }>`
    with first as materialized (${keys}),
    matching as materialized (
      select job.id, job.state, first.key from first join job on job.id = first.id
      where ${textCondition(text)} order by first.key ${order}, job.id ${order} limit ${page.limit}
    )
    select matching.id, matching.state, looked from (
      select case when (select count(*) from matching) = ${page.limit} then ${probed} else (select count(*) from first) end as looked
    ) counted
    left join matching on true
    order by matching.key ${order}, matching.id ${order}`.execute(db)
  return {
    ids: rows.flatMap((row) => row.id ?? []),
    states: rows.flatMap((row) => row.state ?? []),
    whole: (rows[0]?.looked ?? 0) < probed,
  }
}

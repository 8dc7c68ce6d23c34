import { expressionBuilder, sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'
import { jobConditions, type JobFilter } from './job-filter.ts'
import { isOfAnyKind, isOfKinds, isOfTime, isShortTime, mergedKeys, sortedKindKeys } from './job-kinds.ts'
import type { ListScope } from './list-scope.ts'
import { afterCondition, besides, sortKeys, type JobPageRequest, type PageKey } from './page-order.ts'

/** A query for the keys of one page in the order asked for; equal keys by id. */
export async function pageKeys(
  db: Database,
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<RawBuilder<PageKey>> {
  if (!isOfKinds(filter))
    return isUnordered(filter, page) ? sortedKeys(scope, filter, page) : scannedKeys(scope, filter, page)
  if (page.sort === 'durationMs' && isOfTime(filter)) {
    const { rows } = await isShortTime(scope, filter).execute(db)
    if (rows[0]?.short) return sortedKindKeys(scope, filter, page)
  }
  return isPlainList(scope, filter, page) ? scannedKeys(scope, filter, page) : mergedKeys(scope, filter, page)
}

/** Whether all of an organization's jobs are asked for, or by creation all of one database: an index is that list. */
function isPlainList({ databases }: ListScope, filter: JobFilter, { sort }: JobPageRequest): boolean {
  if (!isOfAnyKind(filter) || filter.actor !== undefined || filter.asset?.kind === 'schema') return false
  return databases === undefined || (sort === 'createdAt' && databases.length === 1)
}

/** What no index has in the order of the page. */
const isUnordered = ({ scheduleId, asset, actor }: JobFilter, { sort }: JobPageRequest): boolean =>
  sort === 'durationMs' && scheduleId !== undefined && asset === undefined && actor === undefined

/**
 * The newest jobs of a filter with more than their keys, by the same indexes as lists: of few jobs among many only the few are read, and
 * of what the indexes of kinds include (type, `duration_ms`) not even those.
 * @param more columns of `job`, each with a name
 */
export function newestJobs(
  scope: ListScope,
  filter: JobFilter,
  limit: number,
  more: RawBuilder<unknown>,
): RawBuilder<PageKey> {
  const page = { sort: 'createdAt', order: 'desc', limit } as const
  const keys = isOfKinds(filter) && !isPlainList(scope, filter, page) ? mergedKeys : scannedKeys
  return keys(scope, filter, page, more)
}

/** By whatever index the planner finds best for these conditions. */
export function scannedKeys(
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
  more?: RawBuilder<unknown>,
): RawBuilder<PageKey> {
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  return sql<PageKey>`
    select job.id, ${key} as key ${besides(more)} from job
    where ${scanConditions(scope, filter)} and ${afterCondition(page)}
    order by ${key} ${order}, job.id ${order} limit ${page.limit}`
}

/** Of few matching jobs: all of them, found by what they have and then sorted, never by going through the order of the list. */
function sortedKeys(scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<PageKey> {
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  return sql<PageKey>`
    select id, key from (
      select job.id, ${key} as key from job
      where ${scanConditions(scope, filter)} and ${afterCondition(page)} offset 0
    ) matching
    order by key ${order}, id ${order} limit ${page.limit}`
}

/** The conditions of a filter with the databases in the place of what stands for them. */
export function scanConditions(
  { organizationId, databases }: ListScope,
  { connectionId: _connectionId, ...filter }: JobFilter,
): RawBuilder<SqlBool> {
  const { asset, ...rest } = filter
  const within = asset && asset.kind !== 'database' ? { ...rest, asset } : rest
  const conditions = jobConditions(expressionBuilder<Tables, 'job'>(), organizationId, within)
  if (databases === undefined) return sql<SqlBool>`${conditions}`
  return databases.length === 1
    ? sql<SqlBool>`${conditions} and job.database_id = ${databases[0]}::uuid`
    : sql<SqlBool>`${conditions} and job.database_id = any(${[...databases]}::uuid[])`
}

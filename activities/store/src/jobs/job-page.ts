import { jobTypes, triggerKinds } from '@plumbline/workflows'
import { expressionBuilder, sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'
import type { JobState } from './job-table.ts'
import { jobConditions, jobStates, statesOf, type JobFilter } from './job-filter.ts'

export type JobSort = 'createdAt' | 'durationMs'

export interface JobPageRequest {
  sort: JobSort
  order: 'asc' | 'desc'
  limit: number
  /** Sort key and id of the last job of the page before. */
  after?: { key: number; id: string }
}

/** A job of a page and what the page is sorted by. */
export interface PageKey {
  id: string
  key: Date | number
}

/** Spelled as the indexes spell it. */
export const sortKeys = {
  createdAt: sql<Date>`job.created_at`,
  durationMs: sql<number>`coalesce(job.duration_ms, -1)`,
} as const

/**
 * The databases that a filter's connection or asset stands for; `undefined`: all. Every job lies in a database, so no index
 * needs the connection.
 */
export async function databasesOf(
  db: Database,
  organizationId: string,
  { connectionId, asset }: JobFilter,
): Promise<string[] | undefined> {
  const ofAsset = asset?.kind === 'database' ? [asset.id] : undefined
  if (connectionId === undefined) return ofAsset
  const rows = await db
    .selectFrom('asset')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'database')
    .where('organization_id', '=', organizationId)
    .execute()
  const ids = rows.map((row) => row.id)
  return ofAsset ? ids.filter((id) => ofAsset.includes(id)) : ids
}

/** Where a list looks: within one organization, and there within some databases or all (`undefined`). */
export interface ListScope {
  organizationId: string
  databases: readonly string[] | undefined
}

/** A query for the keys of one page in the order asked for; equal keys by id. */
export const pageKeys = (scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<PageKey> =>
  isMerged(scope, filter, page.sort) ? mergedKeys(scope, filter, page) : scannedKeys(scope, filter, page)

/** Whether nothing but the kind of a job (state, type, trigger), its database and the sort key's range are asked for. */
export function isOfKinds(filter: JobFilter): boolean {
  const { text, actor, scheduleId, rootJobId, parentJobId, ids, allows, asset } = filter
  return (
    [text, actor, scheduleId, rootJobId, parentJobId, ids, allows].every((part) => part === undefined) &&
    (asset?.kind ?? 'database') === 'database'
  )
}

const isOfAnyKind = (filter: JobFilter): boolean => !filter.types && !filter.trigger && !statesOf(filter)

/** Whether all of an organization's jobs are asked for, but for the sort key's range: an index of either order is that list. */
function isWholeList({ databases }: ListScope, filter: JobFilter): boolean {
  return databases === undefined && isOfKinds(filter) && isOfAnyKind(filter)
}

export function isMerged(scope: ListScope, filter: JobFilter, sort: JobSort): boolean {
  if (!isOfKinds(filter) || isWholeList(scope, filter)) return false
  if (sort === 'durationMs') return !filter.createdAfter && !filter.createdBefore
  return !(isOfAnyKind(filter) && scope.databases?.length === 1)
}

/** Whether an index has what matches in the order of the page: an actor, a schema and a table have one in either order. */
export function isInOrder(scope: ListScope, filter: JobFilter, { sort }: { sort: JobSort }): boolean {
  if (sort === 'createdAt' || isMerged(scope, filter, sort)) return true
  if (isWholeList(scope, filter)) return !filter.createdAfter && !filter.createdBefore
  return filter.actor !== undefined || (filter.asset?.kind ?? 'database') !== 'database'
}

/**
 * The first of each kind that is asked for, merged. Each kind lies in an index in the order of the page, so a page costs the
 * same wherever its rows lie and however rare they are: a few microseconds a kind, 180 kinds a database at most.
 */
function mergedKeys(scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<PageKey> {
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  return sql<PageKey>`
    select first.id, first.key from ${kindsOf(scope, filter)}
    cross join lateral (
      select job.id, ${key} as key from job where ${ofKind(scope)} and ${rangeOf(filter, page)}
      order by ${key} ${order}, job.id ${order} limit ${page.limit}
    ) first
    order by first.key ${order}, first.id ${order} limit ${page.limit}`
}

/** The kinds that a filter asks for, as a table `kind (scope_id, state, type, trigger_kind)`. */
export function kindsOf({ organizationId, databases }: ListScope, filter: JobFilter): RawBuilder<unknown> {
  const scopes = databases ?? [organizationId]
  const states: readonly JobState[] = statesOf(filter) ?? jobStates
  const triggers = filter.trigger ? [filter.trigger] : triggerKinds
  return sql`(
    select scope_id, state, type, trigger_kind
    from unnest(${[...scopes]}::uuid[]) scope_id, unnest(${[...states]}::text[]) state,
      unnest(${[...(filter.types ?? jobTypes)]}::text[]) type, unnest(${[...triggers]}::text[]) trigger_kind
  ) kind`
}

/** Ties a `job` to a `kind`. */
export const ofKind = ({ databases }: ListScope): RawBuilder<SqlBool> => sql<SqlBool>`
  ${databases ? sql`job.database_id` : sql`job.organization_id`} = kind.scope_id
  and job.state = kind.state and job.type = kind.type and job.trigger_kind = kind.trigger_kind`

/** By whatever index the planner finds best for these conditions. */
export function scannedKeys(scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<PageKey> {
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  return sql<PageKey>`
    select job.id, ${key} as key from job
    where ${scanConditions(scope, filter)} and ${afterCondition(page)}
    order by ${key} ${order}, job.id ${order} limit ${page.limit}`
}

/** Of few matching jobs: all of them, found by what they have and then sorted, never by going through the order of the list. */
export function sortedKeys(scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<PageKey> {
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

export const createdWithin = ({ createdAfter, createdBefore }: JobFilter): RawBuilder<SqlBool> => sql<SqlBool>`
  ${createdAfter ? sql`job.created_at >= ${createdAfter}` : sql`true`}
  and ${createdBefore ? sql`job.created_at < ${createdBefore}` : sql`true`}`

const rangeOf = (filter: JobFilter, page: JobPageRequest): RawBuilder<SqlBool> =>
  sql<SqlBool>`${createdWithin(filter)} and ${afterCondition(page)}`

export function afterCondition({ sort, order, after }: JobPageRequest): RawBuilder<SqlBool> {
  if (!after) return sql<SqlBool>`true`
  const value = sort === 'createdAt' ? sql`${new Date(after.key)}::timestamptz` : sql`${after.key}::bigint`
  return sql<SqlBool>`(${sortKeys[sort]}, job.id) ${order === 'asc' ? sql`>` : sql`<`} (${value}, ${after.id}::uuid)`
}

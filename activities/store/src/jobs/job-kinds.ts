import { jobTypes, triggerKinds } from '@plumbline/workflows'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { JobState } from './job-table.ts'
import { jobStates, statesOf, type JobFilter } from './job-filter.ts'
import { afterCondition, besides, createdWithin, sortKeys, type JobPageRequest, type PageKey } from './page-order.ts'
import type { ListScope } from './list-scope.ts'
import { mergedLists, type OrderedLists } from './merged-lists.ts'

/**
 * Whether nothing but the kind of a job (state, type, trigger), when it was created, and what jobs lie by kind within (organization,
 * database, schema, actor) is asked for: then an index holds all that is looked at.
 */
export function isOfKinds(filter: JobFilter): boolean {
  const { text, scheduleId, rootJobId, parentJobId, ids, allows, asset } = filter
  return (
    [text, scheduleId, rootJobId, parentJobId, ids, allows].every((part) => part === undefined) &&
    (asset === undefined || asset.kind === 'database' || asset.kind === 'schema')
  )
}

export const isOfAnyKind = (filter: JobFilter): boolean => !filter.types && !filter.trigger && !statesOf(filter)

export const isOfTime = ({ createdAfter, createdBefore }: JobFilter): boolean =>
  createdAfter !== undefined || createdBefore !== undefined

/** The database's own index does not tell the organization; its ids are looked up within it. */
const isByDatabase = ({ databases }: ListScope, { asset, actor }: JobFilter): boolean =>
  databases !== undefined && actor === undefined && asset?.kind !== 'schema'

/** Whether jobs of more than one of what they lie by kind within are asked for: then most in its index may have to be passed over. */
export const isNarrowed = ({ databases }: ListScope, { asset, actor }: JobFilter): boolean =>
  [actor, asset?.kind === 'schema' ? asset : databases].filter((list) => list !== undefined).length > 1

/** The kinds that a filter asks for, each within what its jobs are looked for in: a table of scope_id, state, type, trigger_kind. */
export function kindsOf(scope: ListScope, filter: JobFilter): OrderedLists {
  const { organizationId, databases } = scope
  const within =
    filter.asset?.kind === 'schema'
      ? [filter.asset.id]
      : ((isByDatabase(scope, filter) ? databases : undefined) ?? [organizationId])
  const states: readonly JobState[] = statesOf(filter) ?? jobStates
  const types = filter.types ?? jobTypes
  const triggers = filter.trigger ? [filter.trigger] : triggerKinds
  // An actor has jobs of few kinds: a schedule starts none by hand. A schema's other kinds need not be gone through for it.
  const isOfActor =
    filter.asset?.kind === 'schema' && filter.actor !== undefined
      ? sql`exists (select from job where job.organization_id = ${organizationId}::uuid and job.actor = ${filter.actor}
          and job.state = state.state and job.type = type.type and job.trigger_kind = trigger_kind.trigger_kind)`
      : sql`true`
  return {
    name: 'kind',
    table: sql`(
      select scope_id, state, type, trigger_kind
      from unnest(${[...within]}::uuid[]) scope_id, unnest(${[...states]}::text[]) state,
        unnest(${[...types]}::text[]) type, unnest(${[...triggers]}::text[]) trigger_kind
      where ${isOfActor})`,
    columns: ['scope_id', 'state', 'type', 'trigger_kind'],
    count: within.length * states.length * types.length * triggers.length,
    dense: !isNarrowed(scope, filter),
  }
}

/** Ties a `job` to a `kind`, with what else a filter of kinds asks for. */
export function ofKind(scope: ListScope, filter: JobFilter): RawBuilder<SqlBool> {
  const { organizationId, databases } = scope
  const { asset, actor } = filter
  const byDatabase = isByDatabase(scope, filter)
  const column =
    asset?.kind === 'schema' ? sql`job.schema_id` : byDatabase ? sql`job.database_id` : sql`job.organization_id`
  return sql<SqlBool>`
    ${column} = kind.scope_id and job.state = kind.state and job.type = kind.type and job.trigger_kind = kind.trigger_kind
    and ${byDatabase ? sql`true` : sql`job.organization_id = ${organizationId}::uuid`}
    and ${actor === undefined ? sql`true` : sql`job.actor = ${actor}`}
    and ${databases && !byDatabase ? sql`job.database_id = any(${[...databases]}::uuid[])` : sql`true`}`
}

/**
 * The first of each kind that is asked for, merged. Each kind lies in an index in the order of the page, so a page costs the same
 * wherever its rows lie and however rare they are: a few microseconds a kind, 180 kinds a list at most.
 * @param more columns of `job` that come along
 */
export function mergedKeys(
  scope: ListScope,
  filter: JobFilter,
  page: JobPageRequest,
  more?: RawBuilder<unknown>,
): RawBuilder<PageKey> {
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  const kinds = kindsOf(scope, filter)
  const dense = kinds.dense && (page.sort === 'createdAt' || !isOfTime(filter))
  const firstOf = (limit: number, bound: RawBuilder<SqlBool>) => sql`
    select job.id, ${key} as key ${besides(more)} from job
    where ${ofKind(scope, filter)} and ${createdWithin(filter)} and ${afterCondition(page)} and ${bound}
    order by ${key} ${order}, job.id ${order} limit ${limit}`
  return mergedLists({ ...kinds, dense }, page, firstOf)
}

/** Of a time with few jobs: all of them, from the indexes by creation alone, and then sorted. */
export function sortedKindKeys(scope: ListScope, filter: JobFilter, page: JobPageRequest): RawBuilder<PageKey> {
  const order = sql.raw(page.order)
  return sql<PageKey>`
    select job.id, job.key from ${kindsOf(scope, filter).table} kind cross join lateral (
      select job.id, ${sortKeys[page.sort]} as key, job.duration_ms from job
      where ${ofKind(scope, filter)} and ${createdWithin(filter)} offset 0
    ) job
    where ${afterCondition(page)}
    order by job.key ${order}, job.id ${order} limit ${page.limit}`
}

/** The jobs of kinds that a time may have for it to be cheaper to sort them than to go through the order of the list for them. */
const shortTime = 10_000

/** One row: whether the time that a filter of kinds asks for has few jobs. */
export const isShortTime = (scope: ListScope, filter: JobFilter): RawBuilder<{ short: boolean }> => sql`
  select count(*) <= ${shortTime} as short from (
    select from ${kindsOf(scope, filter).table} kind cross join lateral (
      select from job where ${ofKind(scope, filter)} and ${createdWithin(filter)} limit ${shortTime + 1}
    ) job limit ${shortTime + 1}
  ) these`

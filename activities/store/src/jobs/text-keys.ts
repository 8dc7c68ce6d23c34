import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import { containing } from '../like-pattern.ts'
import { hasTrigram, idCondition, type JobFilter } from './job-filter.ts'
import { scanConditions } from './job-page.ts'
import type { ListScope } from './list-scope.ts'
import { mergedLists } from './merged-lists.ts'
import { afterCondition, sortKeys, type JobPageRequest, type PageKey } from './page-order.ts'

/** What leads to the jobs of a text. */
export interface TextPlaces {
  /** Ids of the assets, of the databases that are looked in, of which every name that their jobs bear holds it. */
  assets: string[]
  /** Of those of which only some do: their jobs' names must be read. */
  renamed: string[]
  /** Ids of the phrases that hold it. */
  phrases: number[]
}

/** What leads to the active jobs alone: they say no phrase yet, are few, and are read. */
export const nowhere: TextPlaces = { assets: [], renamed: [], phrases: [] }

/**
 * How many places are worth their way: each costs some ten microseconds. Few lead to a page sooner than reading more jobs of the list
 * does; beyond the most, going through all of the list does.
 */
export const placesWorth = { few: 1_000, most: 5_000 } as const

/** `undefined` where no index leads to the text, or where it is in more than `most` places. */
export async function placesOf(
  db: Database,
  { organizationId, databases }: ListScope,
  text: string,
  most: number,
): Promise<TextPlaces | undefined> {
  if (!hasTrigram(text)) return undefined
  const holds = (column: 'name' | 'said') => sql`${sql.ref(column)} like ${containing(text.toLowerCase())}`
  // Nothing more is looked up once there are too many: of a text that is in every name that alone takes long.
  const { rows } = await sql<TextPlaces>`
    with named as materialized (
      select asset_id from job_asset_name
      where organization_id = ${organizationId}::uuid and ${holds('name')}
        and ${databases ? sql`database_id = any(${[...databases]}::uuid[])` : sql`true`} limit ${most + 1}
    ), said as materialized (
      select id from job_phrase
      where organization_id = ${organizationId}::uuid and ${holds('said')}
        and (select count(*) from named) <= ${most} limit ${most + 1}
    ), known as materialized (
      select asset_id, bool_and(${holds('name')}) as always
      from job_asset_name where asset_id = any(array(select asset_id from named))
        and (select count(*) from named) + (select count(*) from said) <= ${most}
      group by asset_id
    )
    select array(select asset_id from known where always) as assets,
      array(select asset_id from known where not always) as renamed,
      array(select id from said) as phrases
    where (select count(*) from named) + (select count(*) from said) <= ${most}`.execute(db)
  return rows[0]
}

/** The keys of a page of a filter with a text, from the places that lead to it and from the active jobs. */
export function textKeys(
  scope: ListScope,
  { text = '', ...filter }: JobFilter,
  places: TextPlaces,
  page: JobPageRequest,
): RawBuilder<PageKey & { state: JobState }> {
  const key = sortKeys[page.sort]
  const order = sql.raw(page.order)
  // By the index of the place and no other: the planner would go through all jobs of an actor for each place.
  const firstWhere =
    (within: ListScope, place: RawBuilder<SqlBool>, isSaid: RawBuilder<SqlBool> = sql`true`) =>
    (limit: number = page.limit, bound: RawBuilder<SqlBool> = sql`true`) =>
      sql`
      select job.id, job.key, job.state from (
        select job.*, ${key} as key from job where ${place} and ${afterCondition(page)} and ${bound}
        order by key ${order}, job.id ${order} offset 0
      ) job
      where ${scanConditions(within, filter)} and ${isSaid}
      order by job.key ${order}, job.id ${order} limit ${limit}`
  const merged = (ids: RawBuilder<unknown>, count: number, first: ReturnType<typeof firstWhere>) => sql`
    (${mergedLists({ name: 'place', table: sql`unnest(${ids})`, columns: ['place'], count, dense: false }, page, first)})`
  const anywhere = { ...scope, databases: undefined }
  const small = text.toLowerCase()
  const isSaid = sql<SqlBool>`job.search like ${containing(small)}`
  const ids = idCondition(small)
  const ofAsset = sql<SqlBool>`job.asset_id = place`
  return sql<PageKey & { state: JobState }>`
    select id, key, state from (
      ${merged(sql`${places.assets}::uuid[]`, places.assets.length, firstWhere(anywhere, ofAsset))}
      union
      ${merged(sql`${places.renamed}::uuid[]`, places.renamed.length, firstWhere(anywhere, ofAsset, isSaid))}
      union
      ${merged(sql`${places.phrases}::bigint[]`, places.phrases.length, firstWhere(scope, sql`job.phrase_id = place`))}
      union
      (${firstWhere(scope, sql`job.ended_at is null`, isSaid)()})
      ${ids ? sql`union (${firstWhere(scope, ids)()})` : sql``}
    ) found
    order by key ${order}, id ${order} limit ${page.limit}`
}

import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import { containing } from '../like-pattern.ts'
import { hasTrigram, idCondition, type JobFilter } from './job-filter.ts'
import {
  afterCondition,
  scanConditions,
  sortKeys,
  type JobPageRequest,
  type ListScope,
  type PageKey,
} from './job-page.ts'

/** What leads to the jobs of a text. */
export interface TextPlaces {
  /** Ids of the assets, of the databases that are looked in, of which every name that their jobs bear holds it. */
  assets: string[]
  /** Of those of which only some do: their jobs' names must be read. */
  renamed: string[]
  /** Ids of the phrases that hold it. */
  phrases: number[]
}

/** Beyond so many places going through the order of a list finds a page sooner: each costs some ten microseconds. */
const mostPlaces = 5_000

/** `undefined` where no index leads to the text, or where it is in too many places for them to be worth the way. */
export async function placesOf(
  db: Database,
  { organizationId, databases }: ListScope,
  text: string,
): Promise<TextPlaces | undefined> {
  if (!hasTrigram(text)) return undefined
  const holds = (column: 'name' | 'said') => sql`${sql.ref(column)} like ${containing(text.toLowerCase())}`
  const { rows } = await sql<TextPlaces>`
    with named as materialized (
      select asset_id, (select bool_and(${holds('name')}) from job_asset_name every where every.asset_id = found.asset_id) as always
      from (
        select distinct asset_id from job_asset_name
        where organization_id = ${organizationId}::uuid and ${holds('name')}
          and ${databases ? sql`database_id = any(${[...databases]}::uuid[])` : sql`true`} limit ${mostPlaces + 1}
      ) found
    )
    select array(select asset_id from named where always) as assets,
      array(select asset_id from named where not always) as renamed,
      array(select id from job_phrase
        where organization_id = ${organizationId}::uuid and ${holds('said')} limit ${mostPlaces + 1}) as phrases`.execute(
    db,
  )
  const [places] = rows
  return places && Object.values(places).flat().length <= mostPlaces ? places : undefined
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
  const firstWhere = (within: ListScope, place: RawBuilder<SqlBool>, isSaid: RawBuilder<SqlBool> = sql`true`) => sql`
    select job.id, job.key, job.state from (
      select job.*, ${key} as key from job where ${place} and ${afterCondition(page)} order by key ${order}, job.id ${order} offset 0
    ) job
    where ${scanConditions(within, filter)} and ${isSaid}
    order by job.key ${order}, job.id ${order} limit ${page.limit}`
  const anywhere = { ...scope, databases: undefined }
  const small = text.toLowerCase()
  const isSaid = sql<SqlBool>`job.search like ${containing(small)}`
  const ids = idCondition(small)
  return sql<PageKey & { state: JobState }>`
    select id, key, state from (
      select found.* from unnest(${places.assets}::uuid[]) place (id),
        lateral (${firstWhere(anywhere, sql`job.asset_id = place.id`)}) found
      union
      select found.* from unnest(${places.renamed}::uuid[]) place (id),
        lateral (${firstWhere(anywhere, sql`job.asset_id = place.id`, isSaid)}) found
      union
      select found.* from unnest(${places.phrases}::bigint[]) place (id),
        lateral (${firstWhere(scope, sql`job.phrase_id = place.id`)}) found
      union
      (${firstWhere(scope, sql`job.ended_at is null`, isSaid)})
      ${ids ? sql`union (${firstWhere(scope, ids)})` : sql``}
    ) found
    order by key ${order}, id ${order} limit ${page.limit}`
}

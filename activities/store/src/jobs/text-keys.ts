import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { JobState } from './job-table.ts'
import { containing, hasTrigram, idCondition, type JobFilter } from './job-filter.ts'
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
  /** Ids of the assets that bore a name with it. */
  assets: string[]
  /** Ids of the phrases that hold it. */
  phrases: number[]
}

/** Beyond so many places going through the order of a list finds a page sooner: each costs some ten microseconds. */
const mostPlaces = 5_000

/** `undefined` where no index leads to the text, or where it is in too many places for them to be worth the way. */
export async function placesOf(db: Database, organizationId: string, text: string): Promise<TextPlaces | undefined> {
  if (!hasTrigram(text)) return undefined
  const pattern = containing(text.toLowerCase())
  const { rows } = await sql<TextPlaces>`
    select
      array(select distinct asset_id from job_asset_name
        where organization_id = ${organizationId}::uuid and name like ${pattern} limit ${mostPlaces + 1}) as assets,
      array(select id from job_phrase
        where organization_id = ${organizationId}::uuid and said like ${pattern} limit ${mostPlaces + 1}) as phrases`.execute(
    db,
  )
  const [places] = rows
  return places && places.assets.length + places.phrases.length <= mostPlaces ? places : undefined
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
  const firstWhere = (condition: RawBuilder<unknown>) => sql`
    select job.id, ${key} as key, job.state from job
    where ${scanConditions(scope, filter)} and ${afterCondition(page)} and ${condition}
    order by ${key} ${order}, job.id ${order} limit ${page.limit}`
  const pattern = containing(text.toLowerCase())
  const ids = idCondition(text.toLowerCase())
  return sql<PageKey & { state: JobState }>`
    select id, key, state from (
      select found.* from unnest(${places.assets}::uuid[]) place (id),
        lateral (${firstWhere(sql`job.asset_id = place.id and job.search like ${pattern}`)}) found
      union
      select found.* from unnest(${places.phrases}::bigint[]) place (id),
        lateral (${firstWhere(sql`job.phrase_id = place.id`)}) found
      union
      (${firstWhere(sql`job.ended_at is null and job.search like ${pattern}`)})
      ${ids ? sql`union (${firstWhere(ids)})` : sql``}
    ) found
    order by key ${order}, id ${order} limit ${page.limit}`
}

import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { JobFilter } from './job-filter.ts'

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

/** More columns behind those that a query selects. */
export const besides = (more: RawBuilder<unknown> | undefined): RawBuilder<unknown> => (more ? sql`, ${more}` : sql``)

export const createdWithin = ({ createdAfter, createdBefore }: JobFilter): RawBuilder<SqlBool> => sql<SqlBool>`
  ${createdAfter ? sql`job.created_at >= ${createdAfter}` : sql`true`}
  and ${createdBefore ? sql`job.created_at < ${createdBefore}` : sql`true`}`

export function afterCondition({ sort, order, after }: JobPageRequest): RawBuilder<SqlBool> {
  if (!after) return sql<SqlBool>`true`
  const value = sort === 'createdAt' ? sql`${new Date(after.key)}::timestamptz` : sql`${after.key}::bigint`
  return sql<SqlBool>`(${sortKeys[sort]}, job.id) ${order === 'asc' ? sql`>` : sql`<`} (${value}, ${after.id}::uuid)`
}

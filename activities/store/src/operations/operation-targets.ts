import type { BulkAction } from '@plumbline/workflows'
import { sql, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import { jobConditions, type JobFilter } from '../jobs/job-filter.ts'

/** A filter as json keeps it. */
export type StoredJobFilter = Omit<JobFilter, 'createdAfter' | 'createdBefore'> & {
  createdAfter?: string
  createdBefore?: string
}

/** The jobs of an operation, and how far it came. */
export interface OperationTargets {
  organization_id: string
  action: BulkAction
  filter: StoredJobFilter | null
  ids: string[] | null
  done: number
  after_created_at: Date | null
  after_id: string | null
  created_at: Date
}

/** A job to act on, with its place in the filter's order. */
export interface Target {
  id: string
  /** Of a job that a filter found. */
  createdAt: Date | null
}

/** Only the jobs that the action is allowed for, as of now. */
export function filterOf(operation: Pick<OperationTargets, 'action' | 'filter'>): JobFilter {
  const { createdAfter, createdBefore, ...filter } = operation.filter ?? {}
  return {
    ...filter,
    ...(createdAfter !== undefined && { createdAfter: new Date(createdAfter) }),
    ...(createdBefore !== undefined && { createdBefore: new Date(createdBefore) }),
    allows: operation.action,
  }
}

/**
 * The next jobs, newest first. None is newer than the operation, so it never acts on the jobs that itself makes; those that
 * changed meanwhile and are not of the filter any more are left alone.
 */
export async function nextTargets(db: Database, operation: OperationTargets, limit: number): Promise<Target[]> {
  if (operation.ids) {
    return operation.ids.slice(operation.done, operation.done + limit).map((id) => ({ id, createdAt: null }))
  }
  const { after_created_at: afterCreatedAt, after_id: afterId } = operation
  return db
    .selectFrom('job')
    .select(['id', 'created_at as createdAt'])
    .where((eb) => jobConditions(eb, operation.organization_id, filterOf(operation)))
    .where('job.created_at', '<=', operation.created_at)
    .$if(afterId !== null, (query) =>
      query.where(sql<SqlBool>`(job.created_at, job.id) < (${afterCreatedAt}, ${afterId}::uuid)`),
    )
    .orderBy('job.created_at', 'desc')
    .orderBy('job.id', 'desc')
    .limit(limit)
    .execute()
}

/** How many jobs a filter lets through, counting no further than `most`. */
export async function countUpTo(
  db: Database,
  organizationId: string,
  filter: JobFilter,
  most: number,
): Promise<number> {
  const row = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('job')
        .select('job.id')
        .where((inner) => jobConditions(inner, organizationId, filter))
        .limit(most)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

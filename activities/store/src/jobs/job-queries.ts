import { expressionBuilder, sql, type RawBuilder, type Selectable } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Tables } from '../tables.ts'
import { connectionPaused, queuePosition } from './admit-jobs.ts'
import { jobConditions, type JobFilter } from './job-filter.ts'
import { findPage } from './find-page.ts'
import type { JobPageRequest, JobSort } from './page-order.ts'

/** A job as a list shows it: its row, what its step counts, and its place in the queue. */
export type JobRow = Omit<Selectable<Tables['job']>, 'search' | 'state' | 'phrase_id'> & {
  step_done: number | null
  step_total: number | null
  step_unit: string | null
  /** Of a job that waits for a slot: 1 is next. */
  position: number | null
  /** Its connection admits no job; looked at only while it is pending. */
  connection_paused: boolean
}

/** The value of a row that `after` continues from; a creation time in milliseconds. */
export const sortKeyOf = (row: JobRow, sort: JobSort): number =>
  sort === 'createdAt' ? row.created_at.getTime() : (row.duration_ms ?? -1)

function selectJobs(db: Database) {
  return db
    .selectFrom('job')
    .leftJoin('job_step as s', (join) => join.onRef('s.job_id', '=', 'job.id').onRef('s.name', '=', 'job.step'))
    .selectAll('job')
    .select([
      's.done as step_done',
      's.total as step_total',
      's.unit as step_unit',
      queuePosition.as('position'),
      connectionPaused.as('connection_paused'),
    ])
}

/** One page in the order asked for; equal keys by id. */
export async function listJobs(
  db: Database,
  organizationId: string,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<JobRow[]> {
  const found = await findPage(db, organizationId, filter, page)
  const order = sql.raw(found.order)
  const { rows } = await sql<JobRow>`
    with page as materialized (${found.keys}),
    waiting as materialized (${queues})
    select job.*, s.done as step_done, s.total as step_total, s.unit as step_unit, waiting.position,
      ${connectionPaused} as connection_paused
    from page join job on job.id = page.id
    left join job_step s on s.job_id = job.id and s.name = job.step
    left join waiting on waiting.id = job.id
    order by page.key ${order}, page.id ${order}`.execute(db)
  return rows
}

/**
 * The places in the queues of the connections that a `page` has waiting jobs of: once a queue, not once a row. An array, because the
 * planner expects no waiting job and would join the page anew with each of them.
 */
const queues = sql<{ id: string; position: number }>`
  select id, row_number() over (partition by connection_id order by created_at, id) as position from job
  where status = 'pending' and ended_at is null and queued_at is not null
    and connection_id = any(array(
      select job.connection_id from page join job on job.id = page.id where job.status = 'pending'))`

/** The rows of a function that gives what `shown_jobs` does. */
export const selectShown = (call: RawBuilder<unknown>): RawBuilder<JobRow> => sql<JobRow>`
  select (f.shown).*, f.step_done, f.step_total, f.step_unit, f.place as position, f.connection_paused from ${call} f`

const shownJobs = (organizationId: string, ids: readonly string[]) =>
  selectShown(sql`shown_jobs(${organizationId}::uuid, ${[...ids]}::uuid[])`)

/** `undefined` for an id that is none, or another organization's. */
export async function findJob(db: Database, organizationId: string, id: string): Promise<JobRow | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await shownJobs(organizationId, [id]).execute(db)
  return rows[0]
}

/** A job and which of some filters let it through, in their order. */
export type MatchedJob = JobRow & { matches: boolean[] }

/** The given jobs of an organization, tried against any number of filters at once. */
export async function matchingJobs(
  db: Database,
  organizationId: string,
  filters: readonly JobFilter[],
  ids: readonly string[],
): Promise<MatchedJob[]> {
  const job = expressionBuilder<Tables, 'job'>()
  const conditions = filters.map((filter) => jobConditions(job, organizationId, filter))
  const { rows } = await sql<MatchedJob>`
    select job.*, array[${sql.join(conditions)}]::boolean[] as matches
    from (${shownJobs(organizationId, ids)}) job`.execute(db)
  return rows
}

export interface JobParts {
  steps: Selectable<Tables['job_step']>[]
  warnings: Selectable<Tables['job_warning']>[]
  children: JobRow[]
  /** Every attempt, first to newest. */
  chain: JobRow[]
}

/** Warnings beyond this are counted, not listed. */
const maxWarnings = 1000

/** What the detail shows beside the job itself. */
export async function jobParts(db: Database, job: { id: string; root_job_id: string }): Promise<JobParts> {
  const [steps, warnings, children, chain] = await Promise.all([
    db.selectFrom('job_step').selectAll().where('job_id', '=', job.id).orderBy('position').execute(),
    db
      .selectFrom('job_warning')
      .selectAll()
      .where('job_id', '=', job.id)
      .orderBy('code')
      .orderBy('object')
      .limit(maxWarnings)
      .execute(),
    selectJobs(db).where('job.parent_job_id', '=', job.id).orderBy('job.created_at').orderBy('job.id').execute(),
    selectJobs(db).where('job.root_job_id', '=', job.root_job_id).orderBy('job.attempt').execute(),
  ])
  return { steps, warnings, children, chain }
}

/** Of an asset so many of its newest jobs are looked at. */
const mostLookedAt = 2_000

/** The newest job of each type on an asset or on what it lies in, as far as it is among the newest there. */
export async function lastJobsOf(db: Database, organizationId: string, assetIds: readonly string[]): Promise<JobRow[]> {
  const newest = sql<string>`(
    select distinct on (n.type) n.id
    from unnest(${[...assetIds]}::uuid[]) wanted(id) cross join lateral (
      select id, type, created_at from job where asset_id = wanted.id order by created_at desc, id desc limit ${mostLookedAt}
    ) n
    order by n.type, n.created_at desc)`
  return selectJobs(db)
    .where('job.organization_id', '=', organizationId)
    .where('job.id', 'in', newest)
    .orderBy('job.type')
    .execute()
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'

/** Where a walk over the old jobs stands. */
export interface JobAge {
  createdAt: Date
  id: string
}

export interface ForgottenJobs {
  removed: number
  /** Where the next batch begins; undefined: there is none. */
  next: JobAge | undefined
}

/**
 * Removes jobs that ended long ago, with steps, warnings and logs; the audit stays. A job goes together with its retries, its
 * children and theirs: only once all of them ended before `cutoff`. What anybody holds a lock on is left for the next walk, so
 * that neither waits for the other.
 */
export async function forgetJobs(
  db: Database,
  options: { cutoff: Date; after: JobAge | undefined; limit: number },
): Promise<ForgottenJobs> {
  return db.transaction().execute((trx) => forgetJobsIn(trx, options))
}

/** `forgetJobs` as a part of a transaction. */
export async function forgetJobsIn(
  trx: Trx,
  { cutoff, after, limit }: { cutoff: Date; after: JobAge | undefined; limit: number },
): Promise<ForgottenJobs> {
  const first = await oldestFirstAttempts(trx, cutoff, after, limit)
  const last = first.at(-1)
  const ids = await lockedFamilies(
    trx,
    cutoff,
    first.map((job) => job.id),
  )
  if (ids.length > 0) await removeJobs(trx, ids)
  return { removed: ids.length, next: last && first.length === limit ? last : undefined }
}

async function oldestFirstAttempts(
  trx: Trx,
  cutoff: Date,
  after: JobAge | undefined,
  limit: number,
): Promise<JobAge[]> {
  const beyond = after ? sql`(created_at, id) > (${after.createdAt}, ${after.id}::uuid)` : sql`true`
  const { rows } = await sql<JobAge>`
    select created_at as "createdAt", id from job
    where parent_job_id is null and retry_of is null and created_at < ${cutoff} and ${beyond}
    order by created_at, id limit ${limit}`.execute(trx)
  return rows
}

/**
 * The members of the families of which every one ended before `cutoff`, locked: a retry or a child that comes in this moment
 * waits for the lock of who it follows, and then finds nothing to follow.
 */
async function lockedFamilies(trx: Trx, cutoff: Date, firstIds: readonly string[]): Promise<string[]> {
  const { rows: members } = await sql<{ top: string; id: string }>`
    with recursive family(top, id, over) as (
      select id, id, ended_at < ${cutoff} from job where id = any(${[...firstIds]}::uuid[])
      union
      select f.top, j.id, coalesce(j.ended_at < ${cutoff}, false)
      from family f join job j on j.root_job_id = f.id or j.parent_job_id = f.id
    )
    select top, id from family where top not in (select top from family where over is not true)`.execute(trx)
  if (members.length === 0) return []
  const ids = members.map((member) => member.id)
  const { rows: free } = await sql<{ id: string }>`
    select id from job where id = any(${ids}::uuid[]) order by id for update skip locked`.execute(trx)
  const locked = new Set(free.map((job) => job.id))
  const held = new Set(members.filter(({ id }) => !locked.has(id)).map(({ top }) => top))
  // A member that was added after the families were read, by who held a lock until then.
  const { rows: late } = await sql<{ id: string }>`
    select coalesce(j.parent_job_id, j.root_job_id) as id from job j
    where (j.root_job_id = any(${ids}::uuid[]) or j.parent_job_id = any(${ids}::uuid[])) and j.id <> all(${ids}::uuid[])`.execute(
    trx,
  )
  const joined = new Set(late.map((job) => job.id))
  for (const { top, id } of members) if (joined.has(id)) held.add(top)
  return members.filter(({ top }) => !held.has(top)).map(({ id }) => id)
}

async function removeJobs(trx: Trx, ids: readonly string[]): Promise<void> {
  const these = sql<string>`any(${[...ids]}::uuid[])`
  for (const table of ['job_step', 'job_warning', 'job_log'] as const) {
    await trx.deleteFrom(table).where('job_id', '=', these).execute()
  }
  const removed = await trx.deleteFrom('job').where('id', '=', these).returning('phrase_id').execute()
  await removeUnsaid(
    trx,
    removed.flatMap((job) => job.phrase_id ?? []),
  )
}

/** Phrases are locked first: a job that takes one up in this moment is then seen by the statement after. */
async function removeUnsaid(trx: Trx, phraseIds: readonly number[]): Promise<void> {
  const these = sql<number>`any(${[...phraseIds]}::bigint[])`
  await trx.selectFrom('job_phrase').select('id').where('id', '=', these).orderBy('id').forUpdate().execute()
  await sql`
    delete from job_phrase p where id = ${these} and not exists (select from job where phrase_id = p.id)`.execute(trx)
}

import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

export type Trx = Transaction<Tables>

/** The channel on which a commit with new events wakes whoever streams them; `append_job_events` notifies it. */
export const jobEventChannel = 'job_event'

/** Appends one event a job to the outbox, in the transaction that changed the jobs. Must be its last statement: an event's id
 * is taken here, and readers wait for a missing id only as long as a short commit takes. */
export async function appendJobEvents(trx: Trx, jobIds: readonly string[]): Promise<void> {
  if (jobIds.length > 0) await sql`select append_job_events(${jobIds}::uuid[])`.execute(trx)
}

export interface JobEventRow {
  id: number
  organization_id: string
  job_id: string
}

/** The events after an id, oldest first; of one organization, or of all for the hub that feeds every stream. */
export async function readJobEvents(
  db: Database,
  options: { after: number; upTo?: number; organizationId?: string; limit: number },
): Promise<JobEventRow[]> {
  return db
    .selectFrom('job_event')
    .select(['id', 'organization_id', 'job_id'])
    .where('id', '>', options.after)
    .$if(options.upTo !== undefined, (query) => query.where('id', '<=', options.upTo ?? 0))
    .$if(options.organizationId !== undefined, (query) =>
      query.where('organization_id', '=', options.organizationId ?? ''),
    )
    .orderBy('id')
    .limit(options.limit)
    .execute()
}

/** The newest and the oldest event id that exist; 0 when there is none. */
export async function jobEventRange(db: Database): Promise<{ oldest: number; newest: number }> {
  const row = await db
    .selectFrom('job_event')
    .select((eb) => [eb.fn.min('id').as('oldest'), eb.fn.max('id').as('newest')])
    .executeTakeFirst()
  return { oldest: row?.oldest ?? 0, newest: row?.newest ?? 0 }
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'

/**
 * One transaction of a few large statements over rows that were staged a moment ago.
 *
 * Of such rows Postgres has no statistics, takes them for a handful and joins them in nested loops: at 5,000 tables a matter of
 * minutes, at 100,000 of days. Hash joins cost the same whatever it expects, so nested loops are off in here; each statement
 * narrows the tables that everybody shares by an index first (`connection_id = …`, `asset_id = any(array(…))`), so that what
 * is hashed is never more than this job's.
 */
export async function bulkTransaction<T>(db: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = '10min'`.execute(trx)
    await sql`set local enable_nestloop = off`.execute(trx)
    return work(trx)
  })
}

/** For what goes page by page from here on: a page is found by its keys. */
export async function allowNestedLoops(trx: Trx): Promise<void> {
  await sql`set local enable_nestloop = on`.execute(trx)
}

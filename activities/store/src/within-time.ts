import { sql, type Transaction } from 'kysely'
import { DatabaseError } from 'pg'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** Of a statement that was ended because its time was over. */
const queryCancelled = '57014'

/** What `read` finds, or `undefined` when one of its statements takes longer than `timeMs`. */
export async function withinTime<T>(
  db: Database,
  timeMs: number,
  read: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`select set_config('statement_timeout', ${String(timeMs)}, true)`.execute(trx)
      return read(trx)
    })
  } catch (error) {
    if (error instanceof DatabaseError && error.code === queryCancelled) return undefined
    throw error
  }
}

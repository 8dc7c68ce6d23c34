import type { Database } from './database.ts'
import type { Trx } from './jobs/job-events.ts'

/** Another has the name already. */
export interface NameTaken {
  kind: 'name-taken'
}

/**
 * What `work` in a transaction comes to, or that the name it writes is taken. The index decides, so that two who choose one name in
 * the same moment are told apart.
 *
 * @param index the unique index of the names
 */
export async function withUniqueName<T>(
  db: Database,
  index: string,
  work: (trx: Trx) => Promise<T>,
): Promise<T | NameTaken> {
  try {
    return await db.transaction().execute(work)
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === index) return { kind: 'name-taken' }
    throw error
  }
}

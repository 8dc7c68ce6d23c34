import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { takeTurn } from '../take-turn.ts'

/** Of the advisory lock; any number that nothing else takes. */
const lock = 4_201_337

/**
 * Folds what writers of jobs have appended into the rollup, so that reading it stays short. One statement: readers see each
 * change once, before or after. Several processes may call it; one does it, the others have nothing to do.
 *
 * @returns how many changes were folded
 */
export async function foldJobCounts(db: Database): Promise<number> {
  return db.transaction().execute(async (trx) => {
    if (!(await takeTurn(trx, lock))) return 0
    const folded = await sql<{ changes: number }>`
      with gone as (delete from job_count_change returning *),
      folded as (
        insert into job_count (organization_id, scope_id, type, state, trigger_kind, jobs)
        select organization_id, coalesce(database_id, organization_id), type, state, trigger_kind, sum(change) from gone
        group by organization_id, type, state, trigger_kind, grouping sets ((database_id), ())
        on conflict (organization_id, scope_id, type, state, trigger_kind) do update set jobs = job_count.jobs + excluded.jobs
      )
      select count(*) as changes from gone`.execute(trx)
    return folded.rows[0]?.changes ?? 0
  })
}

import { resumableForMs } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from './job-events.ts'

/** Everything a job keeps between its steps, by table; `discard_staging` removes from the same. */
const staging = [
  'discovered_schema',
  'discovered_relation',
  'discovered_change',
  'discovered_match',
  'selected_table',
  'collected_query',
  'collected_statement',
  'collected_history',
  'traced_edge',
] as const

export async function discardStaging(trx: Trx, jobId: string): Promise<void> {
  await sql`select discard_staging(${jobId}::uuid)`.execute(trx)
}

/** Gives what an ended job found to the next attempt, which goes on from there. */
export async function handOverStaging(trx: Trx, from: string, to: string): Promise<void> {
  for (const table of staging) await trx.updateTable(table).set({ job_id: to }).where('job_id', '=', from).execute()
}

/**
 * Removes what an ended job left. What its finished steps found stays for a retry that goes on from there; whatever such a
 * retry runs again begins by forgetting what was staged.
 */
export async function discardLeftStaging(db: Database, jobId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      select from job where id = ${jobId}::uuid and ended_at is not null and finished_steps is null for share`.execute(
      trx,
    )
    if (rows.length > 0) await discardStaging(trx, jobId)
  })
}

/** Jobs forgotten in one go: each may have staged a large catalog. */
const batch = 20

/**
 * Removes what failed jobs kept for a retry, once it is too old to be taken over. Repeating it is harmless.
 * @returns of how many jobs
 */
export async function forgetOldStaging(db: Database): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string }>`
      update job set finished_steps = null where id in (
        select id from job where finished_steps is not null
          and ended_at < now() - ${resumableForMs} * interval '1 millisecond'
        order by ended_at limit ${batch} for update skip locked)
      returning id`.execute(trx)
    for (const { id } of rows) await discardStaging(trx, id)
    return rows.length
  })
}

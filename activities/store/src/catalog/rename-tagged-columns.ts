import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'

/**
 * Tags and decisions follow a column that was renamed, and go with one that was removed.
 *
 * Renamed in two statements, by way of a name that no column has: two that swapped their names would meet otherwise.
 */
export async function renameTaggedColumns(trx: Trx, jobId: string): Promise<void> {
  const { rows } = await sql`
    select from discovered_change where job_id = ${jobId}::uuid and kind in ('column_renamed', 'column_removed') limit 1`.execute(
    trx,
  )
  if (rows.length === 0) return
  const touched = sql`array(select asset_id from discovered_change
    where job_id = ${jobId}::uuid and kind in ('column_renamed', 'column_removed'))`
  for (const table of ['column_tag', 'column_decision'] as const) {
    await sql`
      delete from ${sql.table(table)} t using discovered_change c
      where c.job_id = ${jobId}::uuid and c.kind = 'column_removed' and t.asset_id = c.asset_id
        and t.column_name = c.column_name and t.asset_id = any(${touched})`.execute(trx)
    await sql`
      update ${sql.table(table)} t set column_name = ${marker} || c.after from discovered_change c
      where c.job_id = ${jobId}::uuid and c.kind = 'column_renamed' and t.asset_id = c.asset_id
        and t.column_name = c.before and t.asset_id = any(${touched})`.execute(trx)
    await sql`
      update ${sql.table(table)} t set column_name = substr(t.column_name, ${marker.length + 1}::int)
      from (select distinct asset_id from discovered_change
        where job_id = ${jobId}::uuid and kind = 'column_renamed') c
      where t.asset_id = c.asset_id and starts_with(t.column_name, ${marker})
        and t.asset_id = any(${touched})`.execute(trx)
  }
}

const marker = '\t\trenamed\t'

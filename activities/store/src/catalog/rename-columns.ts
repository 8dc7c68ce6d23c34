import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'

/**
 * What is known of a column follows it when it was renamed: tags and decisions, what is said of it, the history of its metrics, the
 * keys that metrics count, and the column that a person chose to tell updates by. Tags, decisions and texts go with a column that was
 * removed; its metrics end, so that another column of that name begins anew.
 */
export async function renameColumns(trx: Trx, jobId: string): Promise<void> {
  const { rows } = await sql`
    select from discovered_change where job_id = ${jobId}::uuid and kind in ('column_renamed', 'column_removed') limit 1`.execute(
    trx,
  )
  if (rows.length === 0) return
  for (const table of namingTables) await renameIn(trx, jobId, table)
  await renameSeries(trx, jobId)
  await renameKeys(trx, jobId)
  await renameChosen(trx, jobId)
}

/**
 * Renaming is done in two statements, by way of a name that no column has: two columns that swapped their names would meet
 * otherwise.
 */
const namingTables = ['column_tag', 'column_decision', 'rejected_tag', 'documentation'] as const
const marker = '\t\trenamed\t'
const withoutMarker = (column: string) => sql`substr(${sql.ref(column)}, ${marker.length + 1}::int)`

const touched = (jobId: string) => sql`array(select asset_id from discovered_change
    where job_id = ${jobId}::uuid and kind in ('column_renamed', 'column_removed'))`

async function renameIn(trx: Trx, jobId: string, table: (typeof namingTables)[number]): Promise<void> {
  await sql`
    delete from ${sql.table(table)} t using discovered_change c
    where c.job_id = ${jobId}::uuid and c.kind = 'column_removed' and t.asset_id = c.asset_id
      and t.column_name = c.column_name and t.asset_id = any(${touched(jobId)})`.execute(trx)
  await sql`
    update ${sql.table(table)} t set column_name = ${marker} || c.after from discovered_change c
    where c.job_id = ${jobId}::uuid and c.kind = 'column_renamed' and t.asset_id = c.asset_id
      and t.column_name = c.before and t.asset_id = any(${touched(jobId)})`.execute(trx)
  await sql`
    update ${sql.table(table)} t set column_name = ${withoutMarker('t.column_name')}
    where starts_with(t.column_name, ${marker}) and t.asset_id = any(${touched(jobId)})`.execute(trx)
}

/** A series that stands where a renamed one comes to is of a column that went unseen: it ends too. */
async function renameSeries(trx: Trx, jobId: string): Promise<void> {
  await sql`
    update metric_series s set ended_at = now() from discovered_change c
    where c.job_id = ${jobId}::uuid and c.kind = 'column_removed' and s.asset_id = c.asset_id
      and s.column_name = c.column_name and s.ended_at is null and s.asset_id = any(${touched(jobId)})`.execute(trx)
  await sql`
    update metric_series s set column_name = c.after, key = ${marker} || s.metric || ':' || c.after
    from discovered_change c
    where c.job_id = ${jobId}::uuid and c.kind = 'column_renamed' and s.asset_id = c.asset_id
      and s.column_name = c.before and s.ended_at is null and s.asset_id = any(${touched(jobId)})`.execute(trx)
  await sql`
    update metric_series s set ended_at = now() from metric_series renamed
    where s.asset_id = any(${touched(jobId)}) and s.ended_at is null and renamed.asset_id = s.asset_id
      and starts_with(renamed.key, ${marker}) and s.key = ${withoutMarker('renamed.key')}`.execute(trx)
  await sql`
    update metric_series s set key = ${withoutMarker('s.key')}
    where starts_with(s.key, ${marker}) and s.asset_id = any(${touched(jobId)})`.execute(trx)
}

/** Of what a person defined only the key: what a query says is the person's own text. The values go on as one series. */
async function renameKeys(trx: Trx, jobId: string): Promise<void> {
  await sql`
    update metric_definition d set columns = (
      select jsonb_agg(coalesce(c.after, part.name) order by part.place)
      from jsonb_array_elements_text(d.columns) with ordinality part(name, place)
      left join discovered_change c on c.job_id = ${jobId}::uuid and c.kind = 'column_renamed'
        and c.asset_id = d.asset_id and c.before = part.name)
    where d.columns is not null and d.asset_id = any(${touched(jobId)})`.execute(trx)
}

/** What was said of a whole schema names columns of many tables, and stays. */
async function renameChosen(trx: Trx, jobId: string): Promise<void> {
  await sql`
    update freshness_expectation e set expectation = jsonb_set(e.expectation, '{column}', to_jsonb(c.after))
    from discovered_change c
    where c.job_id = ${jobId}::uuid and c.kind = 'column_renamed' and e.asset_id = c.asset_id
      and e.expectation ->> 'column' = c.before and e.asset_id = any(${touched(jobId)})`.execute(trx)
}

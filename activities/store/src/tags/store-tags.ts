import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'

export interface StoredTags {
  /** Columns looked at, and how many of them carry tags now, from a person or from a run. */
  columns: number
  tagged: number
  /** Columns whose tags are not the same as before. */
  changed: number
}

/**
 * Replaces the automatic tags of exactly the relations this job looked at, in one transaction, and notes what is different. What a
 * person decided is left alone, also when it was decided while the job ran: whole columns, tags that were accepted, which admit no
 * others of their category, and tags that were rejected. A repeated call changes nothing.
 */
export async function storeTags(db: Database, lease: StepLease): Promise<StoredTags> {
  const { jobId } = lease
  return bulkUnderLease(db, lease, async (trx) => {
    await lockSelected(trx, jobId)
    const changed = await replaceTags(trx, jobId)
    await sql`
      update asset a set tagged_fingerprint = s.fingerprint, tagged_at = now()
      from selected_table s
      where s.job_id = ${jobId}::uuid and a.id = s.asset_id and s.tags is not null
        and a.id = any(${selected(jobId)})`.execute(trx)
    return { ...(await countColumns(trx, jobId)), changed }
  })
}

const selected = (jobId: string) => sql`array(select asset_id from selected_table where job_id = ${jobId}::uuid)`

/** In the order of ids, so that two jobs never wait for each other in a circle. */
async function lockSelected(trx: Trx, jobId: string): Promise<void> {
  await sql`
    select from asset where id = any(${selected(jobId)}) order by id for no key update`.execute(trx)
}

/** @returns how many columns have other tags than before */
async function replaceTags(trx: Trx, jobId: string): Promise<number> {
  const { rows } = await sql<{ changed: number }>`
    with wanted as (
      select s.asset_id, c.key as column_name, t.*
      from selected_table s
      cross join jsonb_each(s.tags) c
      cross join jsonb_to_recordset(c.value)
        as t(tag text, category text, confidence real, evidence jsonb, inherited boolean, "derivedFrom" text)
      where s.job_id = ${jobId}::uuid and not exists (
        select from column_decision d
        where d.asset_id = s.asset_id and d.column_name = c.key and d.asset_id = any(${selected(jobId)}))
      and not exists (select from rejected_tag r
        where r.asset_id = s.asset_id and r.column_name = c.key and r.tag = t.tag)
      and not exists (select from column_tag m where m.asset_id = s.asset_id and m.column_name = c.key
        and m.source = 'manual' and m.category = t.category)
    ), gone as (
      delete from column_tag t using selected_table s
      where s.job_id = ${jobId}::uuid and s.tags is not null and t.asset_id = s.asset_id and t.source = 'auto'
        and t.asset_id = any(${selected(jobId)})
        and not exists (select from wanted w
          where w.asset_id = t.asset_id and w.column_name = t.column_name and w.tag = t.tag)
      returning t.asset_id, t.column_name, t.tag, t.category
    ), written as (
      insert into column_tag (asset_id, column_name, tag, category, confidence, evidence, inherited, derived_from, source, job_id)
      select asset_id, column_name, tag, category, confidence, evidence, coalesce(inherited, false), "derivedFrom", 'auto',
        ${jobId}::uuid
      from wanted
      on conflict (asset_id, column_name, tag) do update set category = excluded.category,
        confidence = excluded.confidence, evidence = excluded.evidence, inherited = excluded.inherited,
        derived_from = excluded.derived_from, job_id = excluded.job_id, updated_at = now()
      where column_tag.source = 'auto'
        and (column_tag.category, column_tag.confidence, column_tag.evidence, column_tag.inherited, column_tag.derived_from)
          is distinct from (excluded.category, excluded.confidence, excluded.evidence, excluded.inherited, excluded.derived_from)
      returning asset_id, column_name, tag, category, xmax = 0 as added
    ), change as (
      select asset_id, column_name, tag, category, 'removed' as kind from gone
      union all select asset_id, column_name, tag, category, 'added' from written where added
    ), noted as (
      insert into tag_change (asset_id, column_name, tag, category, kind, job_id)
      select asset_id, column_name, tag, category, kind, ${jobId}::uuid from change
      order by asset_id, column_name, kind desc, tag
    )
    select count(distinct (asset_id, column_name)) as changed from change`.execute(trx)
  return rows[0]?.changed ?? 0
}

async function countColumns(trx: Trx, jobId: string): Promise<{ columns: number; tagged: number }> {
  const { rows } = await sql<{ columns: number; tagged: number }>`
    select
      (select coalesce(sum(jsonb_array_length(document -> 'columns')), 0) from asset
        where id = any(${selected(jobId)})) as columns,
      (select count(distinct (asset_id, column_name)) from column_tag
        where asset_id = any(${selected(jobId)})) as tagged`.execute(trx)
  return rows[0] ?? { columns: 0, tagged: 0 }
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

export interface StoredDocumentation {
  /** Tables of which something new is said, and how many texts that is. */
  documented: number
  texts: number
  /** Tables of which nothing changed since they were documented last. */
  unchanged: number
}

/**
 * Makes what a job wrote the newest proposal of its tables and columns. A person's text stays as it is, and nothing is proposed
 * beside it; an accepted text stays shown. What goes by rules takes the place of nothing that a model wrote. A text that says the
 * same as the standing one is not a new version. Idempotent: a second call finds its own texts standing.
 */
export async function storeDocumentation(db: Database, lease: StepLease): Promise<StoredDocumentation> {
  const { jobId } = lease
  return underLease(db, lease, async (trx) => {
    await sql`
      select from asset where id = any(array(select asset_id from selected_table where job_id = ${jobId}::uuid))
      order by id for no key update`.execute(trx)
    await sql`
      update documentation d set replaced_at = now() from (${wanted(jobId)}) w
      where d.asset_id = w.asset_id and d.column_name is not distinct from w.column_name and d.replaced_at is null
        and d.state in ('proposed', 'rejected')`.execute(trx)
    await insertTexts(trx, jobId)
    await sql`
      update asset a set documented_fingerprint = s.documentation ->> 'fingerprint', documented_by = s.documentation ->> 'source'
      from selected_table s
      where s.job_id = ${jobId}::uuid and a.id = s.asset_id and not (s.documentation ->> 'unchanged')::boolean`.execute(
      trx,
    )
    return countStored(trx, jobId)
  })
}

/** The texts of a job that say something else than what stands, and that may take its place. */
const wanted = (jobId: string) => sql`
  select s.asset_id, t."column" as column_name, t.text, t.sentences, t.confidence, s.documentation as by
  from selected_table s
  join asset a on a.id = s.asset_id and a.removed_at is null
  cross join jsonb_to_recordset(s.documentation -> 'texts') as t("column" text, text text, sentences jsonb, confidence real)
  where s.job_id = ${jobId}::uuid and not exists (
    select from documentation x
    where x.asset_id = s.asset_id and x.column_name is not distinct from t."column" and x.replaced_at is null and (
      x.state = 'edited'
      or (x.source = 'ai' and s.documentation ->> 'source' = 'rules')
      or (x.text = t.text and x.source = s.documentation ->> 'source')))`

async function insertTexts(trx: Trx, jobId: string): Promise<void> {
  await sql`
    insert into documentation (asset_id, column_name, version, text, sentences, source, model, prompt_version, fingerprint,
      confidence, state, job_id)
    select w.asset_id, w.column_name,
      1 + coalesce((select max(v.version) from documentation v
        where v.asset_id = w.asset_id and v.column_name is not distinct from w.column_name), 0),
      w.text, w.sentences, w.by ->> 'source', w.by ->> 'model', w.by ->> 'promptVersion', w.by ->> 'fingerprint',
      w.confidence, 'proposed', ${jobId}::uuid
    from (${wanted(jobId)}) w`.execute(trx)
}

async function countStored(trx: Trx, jobId: string): Promise<StoredDocumentation> {
  const { rows } = await sql<StoredDocumentation>`
    select count(distinct d.asset_id) as documented, count(*) as texts,
      (select count(*) from selected_table where job_id = ${jobId}::uuid and (documentation ->> 'unchanged')::boolean) as unchanged
    from documentation d where d.job_id = ${jobId}::uuid
      and d.asset_id = any(array(select asset_id from selected_table where job_id = ${jobId}::uuid))`.execute(trx)
  return rows[0] ?? { documented: 0, texts: 0, unchanged: 0 }
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import type { CollectedStatementTable } from './lineage-table.ts'

export interface NewStatement {
  /** What tells it from the others of the job. */
  key: string
  origin: CollectedStatementTable['origin']
  name: string
  text: string
  calls: number | null
  searchPath: string[] | null
  /** Where its rows go, whatever it names. */
  target?: readonly [schema: string, name: string]
  /** JSON, where the source told what it means. */
  result?: string
}

export interface CollectedStatement extends Omit<NewStatement, 'calls' | 'target' | 'result'> {
  target: [schema: string, name: string] | null
  /** JSON; null until it is traced. */
  result: string | null
}

/** Of the query of a view. */
export const viewKey = (externalId: string): string => `view:${externalId}`

/** Forgets the statements that an earlier attempt collected, but for the queries of views: `resetLineage` does. */
export async function resetStatements(db: Database, lease: StepLease): Promise<void> {
  await underLease(db, lease, (trx) =>
    trx.deleteFrom('collected_statement').where('job_id', '=', lease.jobId).where('origin', '<>', 'view').execute(),
  )
}

/** Texts that are the same once their values are gone are one statement, with the calls of all: each attempt begins by `resetStatements`. */
export async function stageStatements(
  db: Database,
  lease: StepLease,
  statements: readonly NewStatement[],
): Promise<void> {
  if (statements.length === 0) return
  const insert = sql`
    insert into collected_statement (job_id, key, origin, name, text, hash, calls, search_path, target, result)
    select ${lease.jobId}::uuid, s.key, min(s.origin), min(s.name), min(s.text), sha256(convert_to(min(s.text), 'UTF8')),
      sum(s.calls), (array_agg(nullif(s."searchPath", 'null'::jsonb)))[1], (array_agg(s.target))[1], min(s.result)::jsonb
    from jsonb_to_recordset(${JSON.stringify(statements)}::jsonb)
      as s(key text, origin text, name text, text text, calls bigint, "searchPath" jsonb, target jsonb, result text)
    group by s.key
    on conflict (job_id, key) do update set name = excluded.name, text = excluded.text, hash = excluded.hash,
      calls = collected_statement.calls + excluded.calls, search_path = excluded.search_path, target = excluded.target,
      result = excluded.result`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

export async function countStatements(db: Database, jobId: string, { views }: { views: boolean }): Promise<number> {
  const row = await db
    .selectFrom('collected_statement')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('job_id', '=', jobId)
    .$if(!views, (query) => query.where('origin', '<>', 'view'))
    .executeTakeFirst()
  return row?.count ?? 0
}

/** By key, from the one after `after`. */
export async function collectedStatements(
  db: Database,
  jobId: string,
  { after, limit, traced }: { after: string; limit: number; traced: boolean },
): Promise<CollectedStatement[]> {
  const { rows } = await sql<CollectedStatement>`
    select key, origin, name, text, target, search_path as "searchPath", result::text as result
    from collected_statement
    where job_id = ${jobId}::uuid and key > ${after} and (result is not null) = ${traced}
    order by key limit ${limit}`.execute(db)
  return rows
}

/** @param results JSON by key */
export async function writeResults(
  db: Database,
  lease: StepLease,
  results: ReadonlyMap<string, string>,
): Promise<void> {
  if (results.size === 0) return
  const update = sql`
    update collected_statement c set result = r.result::jsonb
    from unnest(${[...results.keys()]}::text[], ${[...results.values()]}::text[]) as r(key, result)
    where c.job_id = ${lease.jobId}::uuid and c.key = r.key`
  await underLease(db, lease, (trx) => update.execute(trx))
}

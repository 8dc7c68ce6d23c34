import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import type { ColumnPair } from './lineage-table.ts'

/** What a run of a job told of itself. */
export interface ReportedRun {
  organizationId: string
  /** Of the tables that it writes. */
  connectionId: string
  /** Namespace and name of the job. */
  job: string
  runId: string
  at: Date
  /** Empty where the job does not say. */
  sql: string
  edges: readonly ReportedEdge[]
  /** Added to each edge as it is seen. */
  confidence: number
  fadeDays: number
}

export interface ReportedEdge {
  from: string
  to: string
  columns: readonly ColumnPair[]
  indirect: readonly string[]
}

/** Edges in one statement: what one holds in memory is small, and between two others have their turn. */
const batch = 1_000

/**
 * Puts what a job told into the lineage, in one transaction. A job has one statement, whose text is the newest; events of one run count
 * once, and one that says nothing of columns takes nothing away from those before. Repeating an event changes nothing.
 */
export async function recordReportedRun(db: Database, run: ReportedRun): Promise<void> {
  if (run.edges.length === 0) return
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into lineage_statement (organization_id, connection_id, origin, name, text, hash)
      values (${run.organizationId}::uuid, ${run.connectionId}::uuid, 'openlineage', ${run.job}, '', sha256(''))
      on conflict (connection_id, origin, name, hash) do nothing`.execute(trx)
    const { rows } = await sql<{ id: number; isNew: boolean }>`
      select id, last_run is distinct from ${run.runId} as "isNew" from lineage_statement
      where connection_id = ${run.connectionId}::uuid and origin = 'openlineage' and name = ${run.job} and hash = sha256('')
      for update`.execute(trx)
    const [statement] = rows
    if (!statement) throw new Error('the statement of a job that was just written is gone')
    for (let start = 0; start < run.edges.length; start += batch) {
      // oxlint-disable-next-line no-await-in-loop
      await writeEdges(trx, run, run.edges.slice(start, start + batch), statement)
    }
    await sql`
      update lineage_statement set last_run = ${run.runId}, last_seen_at = now(),
        text = coalesce(nullif(${run.sql}::text, ''), text)
      where id = ${statement.id}`.execute(trx)
  })
}

async function writeEdges(
  trx: Trx,
  run: ReportedRun,
  edges: readonly ReportedEdge[],
  statement: { id: number; isNew: boolean },
): Promise<void> {
  await sql`
    insert into lineage_edge (from_asset_id, to_asset_id, evidence, organization_id, statement_id, columns, indirect, confidence,
      first_seen_at, last_seen_at, fades_at)
    select e."from", e."to", 'openlineage', ${run.organizationId}::uuid, ${statement.id}::bigint, e.columns, e.indirect, ${run.confidence}::real,
      seen.at, seen.at, seen.at + ${run.fadeDays} * interval '1 day'
    from jsonb_to_recordset(${JSON.stringify(edges)}::jsonb) as e("from" uuid, "to" uuid, columns jsonb, indirect jsonb)
    cross join (select least(${run.at}::timestamptz, now()) as at) seen
    on conflict (to_asset_id, from_asset_id, evidence, statement_id) do update set
      columns = case when excluded.columns = '[]' and excluded.indirect = '[]' then lineage_edge.columns else excluded.columns end,
      indirect = case when excluded.columns = '[]' and excluded.indirect = '[]' then lineage_edge.indirect else excluded.indirect end,
      seen_count = lineage_edge.seen_count + ${statement.isNew}::boolean::int,
      last_seen_at = greatest(lineage_edge.last_seen_at, excluded.last_seen_at),
      fades_at = greatest(lineage_edge.fades_at, excluded.fades_at)`.execute(trx)
}

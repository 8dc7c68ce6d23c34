import type { LineageEvidence, RelationDocument } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import type { ColumnPair } from './lineage-table.ts'

/** What a query is kept as: as the source has it, or as what was read out of it. */
export interface StagedQuery {
  externalId: string
  kind: string
  text: string
}

/** The kind of what was read out of a query. */
export const parsedKind = 'parsed'

/** Forgets what an earlier attempt collected. */
export async function resetLineage(db: Database, lease: StepLease): Promise<void> {
  await underLease(db, lease, async (trx) => {
    await trx.deleteFrom('collected_query').where('job_id', '=', lease.jobId).execute()
    await trx.deleteFrom('collected_statement').where('job_id', '=', lease.jobId).where('origin', '=', 'view').execute()
  })
}

/** The same query again replaces what was there. */
export async function stageQueries(db: Database, lease: StepLease, queries: readonly StagedQuery[]): Promise<void> {
  if (queries.length === 0) return
  const column = (pick: (query: StagedQuery) => string) => queries.map(pick)
  const insert = sql`
    insert into collected_query (job_id, external_id, kind, text)
    select ${lease.jobId}::uuid, q.external_id, q.kind, q.text
    from unnest(${column((q) => q.externalId)}::text[], ${column((q) => q.kind)}::text[], ${column((q) => q.text)}::text[])
      as q(external_id, kind, text)
    on conflict (job_id, external_id, kind) do update set text = excluded.text`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** By external id, from the one after `after`; of what was parsed, or of what was not. */
export async function stagedQueries(
  db: Database,
  jobId: string,
  page: { parsed: boolean; after: string; limit: number },
): Promise<StagedQuery[]> {
  return db
    .selectFrom('collected_query')
    .select(['external_id as externalId', 'kind', 'text'])
    .where('job_id', '=', jobId)
    .where('kind', page.parsed ? '=' : '<>', parsedKind)
    .where('external_id', '>', page.after)
    .orderBy('external_id')
    .limit(page.limit)
    .execute()
}

/** How many queries a job collected, or how many of them were parsed. */
export async function countQueries(db: Database, jobId: string, parsed: boolean): Promise<number> {
  const row = await db
    .selectFrom('collected_query')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('job_id', '=', jobId)
    .where('kind', parsed ? '=' : '<>', parsedKind)
    .executeTakeFirst()
  return row?.count ?? 0
}

export interface NamedDocument {
  qualifiedName: string
  document: RelationDocument
}

/** The relations of a connection that are there, by external id; an unknown one is left out. */
export async function documentsOf(
  db: Database,
  connectionId: string,
  externalIds: readonly string[],
): Promise<Map<string, NamedDocument>> {
  const { rows } = await sql<NamedDocument & { externalId: string }>`
    select external_id as "externalId", qualified_name as "qualifiedName", document from asset
    where connection_id = ${connectionId}::uuid and external_id = any(${[...externalIds]}::text[])
      and removed_at is null and document is not null`.execute(db)
  return new Map(rows.map((row) => [row.externalId, row]))
}

export interface TracedEdge {
  from: string
  to: string
  evidence: LineageEvidence
  columns: ColumnPair[]
  /** Columns of the source that decide which rows come, and no value. */
  indirect: readonly string[]
  sql: string | null
}

/** Edges by external ids; the same one again replaces what was there. */
export async function stageEdges(db: Database, lease: StepLease, edges: readonly TracedEdge[]): Promise<void> {
  if (edges.length === 0) return
  const insert = sql`
    insert into traced_edge (job_id, from_external_id, to_external_id, evidence, columns, indirect, sql)
    select ${lease.jobId}::uuid, e."from", e."to", e.evidence, e.columns, e.indirect, e.sql
    from jsonb_to_recordset(${JSON.stringify(edges)}::jsonb)
      as e("from" text, "to" text, evidence text, columns jsonb, indirect jsonb, sql text)
    on conflict (job_id, to_external_id, from_external_id, evidence, statement_key) do update
      set columns = excluded.columns, indirect = excluded.indirect, sql = excluded.sql`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** Forgets what an earlier attempt traced. */
export async function resetEdges(db: Database, lease: StepLease): Promise<void> {
  await underLease(db, lease, (trx) => trx.deleteFrom('traced_edge').where('job_id', '=', lease.jobId).execute())
}

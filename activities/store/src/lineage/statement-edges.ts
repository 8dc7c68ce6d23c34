import type { LineageCertainty } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import type { ColumnPair, StatementOrigin } from './lineage-table.ts'

/** An edge that a statement tells, by external ids. */
export interface StatementEdgeRecord {
  from: string
  to: string
  evidence: StatementOrigin | 'view'
  /** Empty of a view. */
  statementKey: string
  columns: readonly ColumnPair[]
  indirect: readonly string[]
  certainty: LineageCertainty
  confidence: number
}

/** The same one again replaces what was there. */
export async function stageStatementEdges(
  db: Database,
  lease: StepLease,
  edges: readonly StatementEdgeRecord[],
): Promise<void> {
  if (edges.length === 0) return
  const insert = sql`
    insert into traced_edge (job_id, from_external_id, to_external_id, evidence, statement_key, columns, indirect, certainty, confidence)
    select ${lease.jobId}::uuid, e."from", e."to", e.evidence, e."statementKey", e.columns, e.indirect, e.certainty, e.confidence
    from jsonb_to_recordset(${JSON.stringify(edges)}::jsonb) as e("from" text, "to" text, evidence text, "statementKey" text,
      columns jsonb, indirect jsonb, certainty text, confidence real)
    on conflict (job_id, to_external_id, from_external_id, evidence, statement_key) do update
      set columns = excluded.columns, indirect = excluded.indirect, certainty = excluded.certainty, confidence = excluded.confidence`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

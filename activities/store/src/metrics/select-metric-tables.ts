import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import type { SelectionScope } from '../tags/select-tables.ts'

/**
 * Chooses what a job measures: the tables below its asset, partitions as parts of their parents; views and external tables only
 * when asked for, when a metric is defined on them, or when the job is about that one. A repeated call chooses again.
 *
 * @returns how many were chosen
 */
export async function selectMetricTables(
  db: Database,
  lease: StepLease,
  scope: SelectionScope,
  { includeViews }: { includeViews: boolean },
): Promise<number> {
  return underLease(db, lease, async (trx) => {
    await trx.deleteFrom('selected_table').where('job_id', '=', lease.jobId).execute()
    const selected = await sql`
      insert into selected_table (job_id, asset_id, fingerprint)
      select ${lease.jobId}::uuid, a.id, a.fingerprint from asset a
      where ${sql.ref(`a.${scopeColumn(scope.assetKind)}`)} = ${scope.assetId}::uuid
        and a.removed_at is null and a.document is not null
        and (
          a.id = ${scope.assetId}::uuid
          or (a.kind in ('table', 'materialized_view') and a.document ->> 'partitionOf' is null)
          or (${includeViews}::boolean and a.kind in ('view', 'external_table'))
          or exists (select from metric_definition d where d.asset_id = a.id and d.deleted_at is null)
        )`.execute(trx)
    return Number(selected.numAffectedRows ?? 0)
  })
}

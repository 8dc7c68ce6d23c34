import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { StepLease } from '../jobs/step-lease.ts'
import { chooseTables, type SelectionScope } from '../selection/choose-tables.ts'

/**
 * Chooses what a job measures: the tables below its asset, partitions as parts of their parents; views and external tables only
 * when asked for, when a metric is defined on them, or when the job is about that one.
 *
 * @returns how many were chosen
 * @throws NotDiscoveredError, AssetGoneError
 */
export async function selectMetricTables(
  db: Database,
  lease: StepLease,
  scope: SelectionScope,
  { includeViews }: { includeViews: boolean },
): Promise<number> {
  const which = sql`a.document is not null
    and (
      a.id = ${scope.assetId}::uuid
      or (a.kind in ('table', 'materialized_view') and a.document ->> 'partitionOf' is null)
      or (${includeViews}::boolean and a.kind in ('view', 'external_table'))
      or exists (select from metric_definition d where d.asset_id = a.id and d.deleted_at is null)
    )`
  return chooseTables(db, lease, scope, which)
}

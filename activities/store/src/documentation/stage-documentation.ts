import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { StepLease } from '../jobs/step-lease.ts'
import { chooseTables, holdsRows, type SelectionScope } from '../selection/choose-tables.ts'
import { keepFound } from '../selection/selected-tables.ts'
import type { StagedDocumentation } from './documentation-table.ts'

/**
 * Chooses all relations: whether what is known of one has changed is seen only when all of it is read.
 *
 * @returns how many were chosen
 * @throws NotDiscoveredError, AssetGoneError
 */
export const selectForDocumentation = (db: Database, lease: StepLease, scope: SelectionScope): Promise<number> =>
  chooseTables(db, lease, scope, sql`a.document is not null and ${holdsRows}`)

/** What a job wrote of some chosen tables; a repeated call replaces it. */
export async function stageDocumentation(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; documentation: StagedDocumentation }[],
): Promise<void> {
  const found = tables.map(({ assetId, documentation }) => ({ assetId, value: documentation }))
  await keepFound(db, lease, { table: 'selected_table', column: 'documentation' }, found)
}

import type { Counts } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { StepLease } from '../jobs/step-lease.ts'
import { chooseTables, type SelectionScope } from '../selection/choose-tables.ts'
import { keepFound } from '../selection/selected-tables.ts'
import type { TagRecord } from '../tables.ts'

/** Of which work a relation may be behind its structure. */
export type Upkeep = 'tagged' | 'traced'

/**
 * Chooses all relations, or with `changedOnly` those whose tags, or lineage, are older than their structure.
 *
 * @returns how many were chosen
 * @throws NotDiscoveredError, AssetGoneError
 */
export async function selectRelations(
  db: Database,
  lease: StepLease,
  scope: SelectionScope,
  options: { upkeep: Upkeep; changedOnly: boolean },
): Promise<number> {
  const behind = sql.ref(options.upkeep === 'tagged' ? 'a.tagged_fingerprint' : 'a.traced_fingerprint')
  const which = sql`a.fingerprint is not null
    and (not ${options.changedOnly}::boolean or ${behind} is distinct from a.fingerprint)`
  return chooseTables(db, lease, scope, which)
}

/** What the samples of some chosen relations showed, by column. */
export async function writeSampleEvidence(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; evidence: Record<string, Counts> }[],
): Promise<void> {
  const found = tables.map(({ assetId, evidence }) => ({ assetId, value: evidence }))
  await keepFound(db, lease, { table: 'selected_table', column: 'evidence' }, found)
}

/** The tags a run decided on, by column; a column without any is left out. */
export async function writeSelectedTags(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; tags: Record<string, TagRecord[]> }[],
): Promise<void> {
  const found = tables.map(({ assetId, tags }) => ({ assetId, value: tags }))
  await keepFound(db, lease, { table: 'selected_table', column: 'tags' }, found)
}

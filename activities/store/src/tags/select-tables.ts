import type { Counts } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { StepLease } from '../jobs/step-lease.ts'
import { chooseTables, holdsRows, type SelectionScope } from '../selection/choose-tables.ts'
import { chosenRelations, keepFound, type SelectedRelation } from '../selection/selected-tables.ts'
import type { TagRecord } from './tag-table.ts'

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
  const which = sql`a.fingerprint is not null and ${options.upkeep === 'tagged' ? holdsRows : sql`true`}
    and (not ${options.changedOnly}::boolean or ${behind} is distinct from a.fingerprint
      ${options.upkeep === 'tagged' ? evidenceChanged : sql``})`
  return chooseTables(db, lease, scope, which)
}

/** Since it was tagged: where its values come from, the tags there, or the organization's rules. */
const evidenceChanged = sql`
  or exists (select from tag_rule r where r.organization_id = a.organization_id and r.updated_at > a.tagged_at)
  or exists (select from lineage_edge e where e.to_asset_id = a.id and e.evidence <> 'foreign_key' and (
    e.first_seen_at > a.tagged_at
    or exists (select from column_tag t where t.asset_id = e.from_asset_id and t.updated_at > a.tagged_at)))`

/** Some of the chosen relations that are still there, with the tags the job has given them so far. */
export async function relationsChosen(
  db: Database,
  jobId: string,
  assetIds: readonly string[],
): Promise<(SelectedRelation & { tags: Record<string, TagRecord[]> | null })[]> {
  const { rows } = await sql<SelectedRelation & { tags: Record<string, TagRecord[]> | null }>`
    ${chosenRelations(jobId, sql`, s.tags`)} and s.asset_id = any(${[...assetIds]}::uuid[])`.execute(db)
  return rows
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

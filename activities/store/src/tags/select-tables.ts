import type { AssetKind, Counts, RelationDocument, RelationKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import type { TagRecord } from '../tables.ts'

/** What a job is about: an asset and all below it. */
export interface SelectionScope {
  connectionId: string
  assetId: string
  assetKind: AssetKind
}

/** Of which work a relation may be behind its structure. */
export type Upkeep = 'tagged' | 'traced'

/** Nothing is known of the database yet: a job that found no relation in it would look as if there were none. */
export class NotDiscoveredError extends Error {
  override readonly name = 'NotDiscoveredError'
  readonly code = 'not-discovered'
}

/**
 * Chooses the relations a job works on and notes the structure they have now; `changed` only those whose tags, or lineage,
 * are older than their structure. A repeated call chooses again.
 *
 * @returns how many were chosen
 * @throws NotDiscoveredError where no discovery of the connection has completed
 */
export async function selectRelations(
  db: Database,
  lease: StepLease,
  scope: SelectionScope,
  options: { upkeep: Upkeep; changedOnly: boolean },
): Promise<number> {
  return underLease(db, lease, async (trx) => {
    await trx.deleteFrom('selected_table').where('job_id', '=', lease.jobId).execute()
    const behind = sql.ref(options.upkeep === 'tagged' ? 'a.tagged_fingerprint' : 'a.traced_fingerprint')
    const selected = await sql`
      insert into selected_table (job_id, asset_id, fingerprint)
      select ${lease.jobId}::uuid, a.id, a.fingerprint from asset a
      where ${sql.ref(`a.${scopeColumn(scope.assetKind)}`)} = ${scope.assetId}::uuid
        and a.removed_at is null and a.fingerprint is not null
        and (not ${options.changedOnly}::boolean or ${behind} is distinct from a.fingerprint)`.execute(trx)
    const count = Number(selected.numAffectedRows ?? 0)
    if (count === 0) await refuseUndiscovered(trx, scope.connectionId)
    return count
  })
}

/** @throws NotDiscoveredError. The newest snapshot of a connection is kept for ever, so none means that there never was one. */
export async function refuseUndiscovered(trx: Trx, connectionId: string): Promise<void> {
  const { rows } = await sql`select from snapshot where connection_id = ${connectionId}::uuid limit 1`.execute(trx)
  if (rows.length === 0)
    throw new NotDiscoveredError('No table of this database is known yet: run a schema discovery first')
}

export interface SelectedRelation {
  assetId: string
  externalId: string
  kind: RelationKind
  schema: string
  name: string
  qualifiedName: string
  document: RelationDocument
  /** By column, how many sampled values passed which check; null when it was not sampled. */
  evidence: Record<string, Counts> | null
}

/** The chosen relations that are still there, in the order of their ids, from the one after `after`. */
export async function selectedRelations(
  db: Database,
  jobId: string,
  page: { after: string | undefined; limit: number },
): Promise<SelectedRelation[]> {
  const { rows } = await sql<SelectedRelation>`
    select a.id as "assetId", a.external_id as "externalId", a.kind, schema.name as schema, a.name,
      a.qualified_name as "qualifiedName", a.document, s.evidence
    from selected_table s
    join asset a on a.id = s.asset_id
    join asset schema on schema.id = a.schema_id
    where s.job_id = ${jobId}::uuid and a.removed_at is null and a.document is not null
      and ${page.after === undefined ? sql`true` : sql`s.asset_id > ${page.after}::uuid`}
    order by s.asset_id
    limit ${page.limit}`.execute(db)
  return rows
}

/** How many relations a job chose. */
export async function countSelected(db: Database, jobId: string): Promise<number> {
  const row = await db
    .selectFrom('selected_table')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('job_id', '=', jobId)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** What the samples of some chosen relations showed, by column; a repeated call replaces it. */
export async function writeSampleEvidence(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; evidence: Record<string, Counts> }[],
): Promise<void> {
  const update = sql`
    update selected_table s set evidence = w.evidence
    from jsonb_to_recordset(${JSON.stringify(tables)}::jsonb) as w("assetId" uuid, evidence jsonb)
    where s.job_id = ${lease.jobId}::uuid and s.asset_id = w."assetId"`
  await underLease(db, lease, (trx) => update.execute(trx))
}

/** The tags a run decided on, by column; a column without any is left out. */
export async function writeSelectedTags(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; tags: Record<string, TagRecord[]> }[],
): Promise<void> {
  const update = sql`
    update selected_table s set tags = w.tags
    from jsonb_to_recordset(${JSON.stringify(tables)}::jsonb) as w("assetId" uuid, tags jsonb)
    where s.job_id = ${lease.jobId}::uuid and s.asset_id = w."assetId"`
  await underLease(db, lease, (trx) => update.execute(trx))
}

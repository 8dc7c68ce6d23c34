import type { AssetKind } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/** What a job is about: an asset and all below it. */
export interface SelectionScope {
  connectionId: string
  assetId: string
  assetKind: AssetKind
}

/** Nothing is known of the database yet: a job that found no relation in it would look as if there were none. */
export class NotDiscoveredError extends Error {
  override readonly name = 'NotDiscoveredError'
  readonly code = 'not-discovered'
}

/** What the job is about is gone from the source: with nothing to do it would look as if all was well. */
export class AssetGoneError extends Error {
  override readonly name = 'AssetGoneError'
  readonly code = 'asset-gone'
}

/** What is said of it, to who starts a job and in a job that was under way. */
export const goneText = (qualifiedName: string): string =>
  `${qualifiedName} is not in the source any more: the last discovery did not find it`

/** A condition on an asset `a`: it has rows that can be looked at. */
export const holdsRows = sql`a.kind not in ('stream', 'stage')`

/**
 * Chooses the relations a job works on, of those that are there, and notes the structure they have now. A repeated call chooses
 * again.
 *
 * @param which a condition on an asset `a`
 * @returns how many were chosen
 * @throws NotDiscoveredError where no discovery of the connection has completed, AssetGoneError where the job's own asset was removed
 */
export async function chooseTables(
  db: Database,
  lease: StepLease,
  scope: SelectionScope,
  which: RawBuilder<unknown>,
): Promise<number> {
  return underLease(db, lease, async (trx) => {
    await trx.deleteFrom('selected_table').where('job_id', '=', lease.jobId).execute()
    const selected = await sql`
      insert into selected_table (job_id, asset_id, fingerprint)
      select ${lease.jobId}::uuid, a.id, a.fingerprint from asset a
      where ${sql.ref(`a.${scopeColumn(scope.assetKind)}`)} = ${scope.assetId}::uuid and a.removed_at is null
        and (${which})`.execute(trx)
    const count = Number(selected.numAffectedRows ?? 0)
    if (count === 0) await refuseEmpty(trx, scope)
    return count
  })
}

/** The newest snapshot of a connection is kept for ever, so none means that there never was one. */
async function refuseEmpty(trx: Trx, { connectionId, assetId }: SelectionScope): Promise<void> {
  const { rows } = await sql<{ name: string; gone: boolean; discovered: boolean }>`
    select qualified_name as name, removed_at is not null as gone,
      exists (select from snapshot where connection_id = ${connectionId}::uuid) as discovered
    from asset where id = ${assetId}::uuid`.execute(trx)
  const [asset] = rows
  if (asset?.gone) throw new AssetGoneError(goneText(asset.name))
  if (!asset?.discovered)
    throw new NotDiscoveredError('No table of this database is known yet: run a schema discovery first')
}

import type { CatalogScope, Counts } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

/** What one discovery stored. */
export interface SnapshotRecord {
  jobId: string
  takenAt: Date
  /** The schemas that were read; of one that is not complete nothing was taken as removed. */
  schemas: { name: string; complete: boolean; unread?: string[] }[]
  scope: CatalogScope
  counts: Counts
  /** When it was accepted as what later ones are compared with. */
  baselineAt: Date | null
  baselineBy: string | null
}

const selectSnapshots = (db: Database, organizationId: string, connectionId: string) =>
  db
    .selectFrom('snapshot')
    .select(['job_id as jobId', 'taken_at as takenAt', 'scopes as schemas', 'scope', 'counts'])
    .select(['baseline_at as baselineAt', 'baseline_by as baselineBy'])
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)

/** Newest first. */
export async function listSnapshots(
  db: Database,
  organizationId: string,
  connectionId: string,
  page: { after: { takenAt: Date; jobId: string } | undefined; limit: number },
): Promise<SnapshotRecord[]> {
  let query = selectSnapshots(db, organizationId, connectionId)
  if (page.after)
    query = query.where(sql<boolean>`(taken_at, job_id) < (${page.after.takenAt}, ${page.after.jobId}::uuid)`)
  return query.orderBy('taken_at', 'desc').orderBy('job_id', 'desc').limit(page.limit).execute()
}

/** Where the history of a connection begins; undefined before its first discovery. */
export async function oldestSnapshot(
  db: Database,
  organizationId: string,
  connectionId: string,
): Promise<SnapshotRecord | undefined> {
  return selectSnapshots(db, organizationId, connectionId).orderBy('taken_at').limit(1).executeTakeFirst()
}

/** `undefined` when the job stored none for this connection. */
export async function findSnapshot(
  db: Database,
  organizationId: string,
  connectionId: string,
  jobId: string,
): Promise<SnapshotRecord | undefined> {
  if (!isUuid(jobId)) return undefined
  return selectSnapshots(db, organizationId, connectionId).where('job_id', '=', jobId).executeTakeFirst()
}

/** The one that was accepted. */
export async function findBaseline(
  db: Database,
  organizationId: string,
  connectionId: string,
): Promise<SnapshotRecord | undefined> {
  return selectSnapshots(db, organizationId, connectionId).where('baseline_at', 'is not', null).executeTakeFirst()
}

/**
 * Makes a snapshot the baseline of its connection, in place of the one before. Accepting it again changes nothing.
 *
 * @param asset the database, for the audit
 */
export async function acceptBaseline(
  db: Database,
  actor: Actor,
  asset: { id: string; connectionId: string },
  jobId: string,
): Promise<'accepted' | 'not-found'> {
  if (!isUuid(jobId)) return 'not-found'
  const { organizationId } = actor
  return db.transaction().execute(async (trx) => {
    // Two that are accepted at once come one after the other.
    await sql`select from connection where id = ${asset.connectionId}::uuid for no key update`.execute(trx)
    const snapshot = await findSnapshot(trx, organizationId, asset.connectionId, jobId)
    if (!snapshot) return 'not-found'
    if (snapshot.baselineAt) return 'accepted'
    const before = await findBaseline(trx, organizationId, asset.connectionId)
    if (before)
      await trx
        .updateTable('snapshot')
        .set({ baseline_at: null, baseline_by: null })
        .where('job_id', '=', before.jobId)
        .execute()
    await trx
      .updateTable('snapshot')
      .set({ baseline_at: sql<Date>`now()`, baseline_by: actor.name })
      .where('job_id', '=', jobId)
      .execute()
    await appendAudit(trx, actor, {
      action: 'snapshot.accept',
      target: { kind: 'asset', id: asset.id },
      ...(before && { before: { jobId: before.jobId } }),
      after: { jobId },
    })
    return 'accepted'
  })
}

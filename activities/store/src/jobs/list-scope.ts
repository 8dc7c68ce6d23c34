import type { Database } from '../database.ts'
import type { JobFilter } from './job-filter.ts'

/** Where a list looks: within one organization, and there within some databases or all (`undefined`). */
export interface ListScope {
  organizationId: string
  databases: readonly string[] | undefined
}

/** Every job lies in a database, so a connection, too, is looked for by its databases and no index needs it. */
export async function scopeOf(
  db: Database,
  organizationId: string,
  { connectionId, asset }: JobFilter,
): Promise<ListScope> {
  const ofAsset = asset?.kind === 'database' ? [asset.id] : undefined
  if (connectionId === undefined) return { organizationId, databases: ofAsset }
  const rows = await db
    .selectFrom('asset')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'database')
    .where('organization_id', '=', organizationId)
    .execute()
  const ids = rows.map((row) => row.id)
  return { organizationId, databases: ofAsset ? ids.filter((id) => ofAsset.includes(id)) : ids }
}

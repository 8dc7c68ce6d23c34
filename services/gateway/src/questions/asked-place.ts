import { findConnection } from '@plumbline/store'
import type { AssetKind } from '@plumbline/workflows'
import type { Asked } from './answer.ts'

/** Where a question looks for what jobs found: an asset, the database of a connection, or `undefined` for all of the organization. */
export async function placeAsked({
  db,
  organizationId,
  question: { asset, connection },
}: Asked): Promise<{ id: string; kind: AssetKind; name: string } | undefined> {
  if (asset) return asset
  if (!connection) return undefined
  const found = await findConnection(db, organizationId, connection.id)
  return found && { id: found.rootAssetId, kind: 'database', name: connection.name }
}

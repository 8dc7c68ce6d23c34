import type { SchemaChangeView } from '@plumbline/api'

/** What one discovery found. */
export interface ChangeGroup<Change> {
  jobId: string
  detectedAt: string
  changes: Change[]
}

/** Changes in the order given, those of one job together. */
export function byDiscovery<Change extends Pick<SchemaChangeView, 'jobId' | 'detectedAt'>>(
  changes: readonly Change[],
): ChangeGroup<Change>[] {
  const groups: ChangeGroup<Change>[] = []
  for (const change of changes) {
    const last = groups.at(-1)
    if (last?.jobId === change.jobId) last.changes.push(change)
    else groups.push({ jobId: change.jobId, detectedAt: change.detectedAt, changes: [change] })
  }
  return groups
}

/** Changes by the asset they are of, in the order in which the assets come first. */
export function byAsset<Change extends { asset: { id: string } }>(changes: readonly Change[]): Change[][] {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const group = groups.get(change.asset.id)
    if (group) group.push(change)
    else groups.set(change.asset.id, [change])
  }
  return [...groups.values()]
}

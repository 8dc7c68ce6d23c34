import type { Snapshot, SchemaChangeView } from '@plumbline/api'
import type { SchemaChangeRecord, SnapshotRecord } from '@plumbline/store'
import { assetRef } from './asset-view.ts'

export const snapshotView = (snapshot: SnapshotRecord): Snapshot => ({
  jobId: snapshot.jobId,
  takenAt: snapshot.takenAt.toISOString(),
  schemas: snapshot.schemas.map(({ name, complete, unread = [] }) => ({ name, complete, unread })),
  scope: snapshot.scope,
  tables: snapshot.counts['tables'] ?? 0,
  views: snapshot.counts['views'] ?? 0,
  columns: snapshot.counts['columns'] ?? 0,
  changes: snapshot.counts['changes'] ?? 0,
  breaking: snapshot.counts['breaking'] ?? 0,
  baseline: snapshot.baselineAt && { at: snapshot.baselineAt.toISOString(), by: snapshot.baselineBy ?? '' },
})

export const changeView = ({ id, detectedAt, asset, downstream, ...change }: SchemaChangeRecord): SchemaChangeView => ({
  ...change,
  id: String(id),
  asset: assetRef(asset),
  detectedAt: detectedAt.toISOString(),
  downstream: downstream && {
    total: downstream.total,
    assets: downstream.assets.map(({ columns, ...below }) => ({ ...assetRef(below), columns })),
  },
})

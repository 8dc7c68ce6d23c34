import type { Asset, AssetDetail, AssetRef, Column, ColumnTags, Key, Tag } from '@plumbline/api'
import type { AssetDetailRecord, AssetRecord, ColumnTag, ColumnTagsRecord } from '@plumbline/store'
import { jobDefinition, jobTypes, type JobType, type KeyDocument } from '@plumbline/workflows'

export const assetView = (asset: AssetRecord): Asset => ({
  id: asset.id,
  kind: asset.kind,
  name: asset.name,
  qualifiedName: asset.qualifiedName,
  parentId: asset.parentId,
  connectionId: asset.connectionId,
  removedAt: asset.removedAt?.toISOString() ?? null,
  unreadableSince: asset.unreadableSince?.toISOString() ?? null,
})

/** An asset as a job, a change or a node refers to it. */
export const assetRef = (asset: Omit<AssetRef, 'database'> & { database: string }): AssetRef => ({
  id: asset.id,
  kind: asset.kind,
  name: asset.name,
  qualifiedName: asset.qualifiedName,
  connectionId: asset.connectionId,
  database: asset.database,
})

export const tagView = ({ tag, category, confidence, evidence, source, inherited }: ColumnTag): Tag => ({
  tag,
  category,
  confidence,
  evidence,
  source,
  inherited,
})

export const columnTagsView = ({ asset, column, tags }: ColumnTagsRecord): ColumnTags => ({
  asset: assetRef(asset),
  column,
  tags: tags.map(tagView),
})

/** What is known of an asset beside its own record. */
export interface AssetKnowledge {
  /** By column. */
  tags: ReadonlyMap<string, ColumnTag[]>
  documentation: string | null
  /** Whether jobs of a type run on its kind of warehouse. */
  runs: (type: JobType) => boolean
}

/**
 * An asset with all that its page shows; `lastJobs` come from the jobs, `trust` from what they found.
 */
export function assetDetailView(
  asset: AssetDetailRecord,
  { tags, documentation, runs }: AssetKnowledge,
): Omit<AssetDetail, 'lastJobs' | 'trust'> {
  const { document } = asset
  return {
    ...assetView(asset),
    database: asset.database,
    path: asset.path.map(assetView),
    comment: document?.comment ?? asset.comment,
    columns: (document?.columns ?? []).map((column) => columnView(column, tags.get(column.name) ?? [])),
    keys: (document?.keys ?? []).map((key) => keyView(key, asset.referenced)),
    indexes: document?.indexes ?? [],
    definition: document?.definition ?? null,
    partition: document?.partition ?? null,
    documentation,
    childCounts: asset.childCounts,
    jobTypes: asset.removedAt
      ? []
      : jobTypes.filter((type) => jobDefinition(type).assetKinds.includes(asset.kind) && runs(type)),
  }
}

type ColumnOf = NonNullable<AssetDetailRecord['document']>['columns'][number]

const columnView = ({ id: _id, ...column }: ColumnOf, tags: ColumnTag[]): Column => ({
  ...column,
  tags: tags.map(tagView),
})

/** A foreign key to a table that is not among the assets (another schema was left out) has no reference. */
function keyView({ references, ...key }: KeyDocument, referenced: ReadonlyMap<string, string>): Key {
  const assetId = references && referenced.get(references.externalId)
  return {
    ...key,
    ...(references &&
      assetId !== undefined &&
      assetId !== null && { references: { assetId, columns: references.columns } }),
  }
}

import type { ColumnTags, TagReview } from '@plumbline/api'

export const rowKey = ({ asset, column }: ColumnTags): string => `${asset.id}:${column}`

/** The tags of a column that say something personal and that nobody judged yet; the rest follows from them. */
export const openTags = ({ asset, column, tags }: ColumnTags): TagReview['tags'] =>
  tags
    .filter(({ category, source }) => category === 'pii' && source === 'auto')
    .map(({ tag }) => ({ assetId: asset.id, column, tag }))

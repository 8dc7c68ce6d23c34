import type { ColumnDocument, RelationDocument } from '../catalog.ts'

/** A column as discovery describes it, of text unless said; its id is its position, from 1. */
export const columnDocument = (position: number, name: string, more: Partial<ColumnDocument> = {}): ColumnDocument => ({
  id: String(position),
  name,
  position,
  type: 'text',
  nativeType: 'text',
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment: null,
  ...more,
})

/** A relation with these columns, or with columns of text by these names, and nothing else. */
export const relationDocument = (
  columns: readonly (ColumnDocument | string)[],
  more: Partial<RelationDocument> = {},
): RelationDocument => ({
  columns: columns.map((column, index) => (typeof column === 'string' ? columnDocument(index + 1, column) : column)),
  keys: [],
  indexes: [],
  definition: null,
  comment: null,
  partitionOf: null,
  partition: null,
  ...more,
})

import type { RelationDocument, RelationKind, SchemaChange } from '@plumbline/workflows'
import { changeOf } from './breaking.ts'
import { diffColumns, matchColumns } from './diff-columns.ts'
import { diffIndexes, diffKeys, renamedColumns } from './diff-constraints.ts'

export interface RelationState {
  schema: string
  name: string
  kind: RelationKind
  /** Null on both sides when the structure is known to be the same. */
  document: RelationDocument | null
}

/** Whether the source knows both states as one object; unknown where its identities cannot be believed. */
export type Identity = 'same' | 'other' | 'unknown'

/** Kinds that hold rows of their own: created again, they hold others. */
const holdsRows: readonly RelationKind[] = ['table', 'materialized_view']

/** What changed from one state of a relation to the next. Of the same identity, columns are told apart by their ids. */
export function diffRelation(pair: {
  identity: Identity
  before: RelationState
  after: RelationState
}): SchemaChange[] {
  const { before, after, identity } = pair
  const changes: SchemaChange[] = []
  if (identity === 'other' && holdsRows.includes(after.kind)) {
    const [old, anew] = [`${before.schema}.${before.name}, the old one`, `${after.schema}.${after.name}, the new one`]
    changes.push(changeOf('table_recreated', { before: old, after: anew }))
  }
  if (before.schema !== after.schema) {
    changes.push(changeOf('table_moved', { before: before.schema, after: after.schema }))
  }
  if (before.name !== after.name) changes.push(changeOf('table_renamed', { before: before.name, after: after.name }))
  if (before.kind !== after.kind) {
    changes.push(changeOf('definition_changed', { before: words(before.kind), after: words(after.kind) }))
  }
  if (!before.document || !after.document) return changes
  return [...changes, ...diffDocument(before.document, after.document, identity === 'same')]
}

const words = (kind: RelationKind): string => kind.replaceAll('_', ' ')

function diffDocument(before: RelationDocument, after: RelationDocument, sameIdentity: boolean): SchemaChange[] {
  const pairs = matchColumns(before.columns, after.columns, sameIdentity)
  const renamed = renamedColumns(pairs.map(([old, next]) => [old.name, next.name]))
  const changes = [
    ...diffColumns(before.columns, after.columns, pairs),
    ...diffKeys(before.keys, after.keys, renamed),
    ...diffIndexes(before, after, renamed),
  ]
  if (before.definition !== after.definition && before.definition !== null && after.definition !== null) {
    changes.push(changeOf('definition_changed', { before: before.definition, after: after.definition }))
  }
  if (before.partition !== after.partition || (before.partitionOf === null) !== (after.partitionOf === null)) {
    const detached = before.partitionOf !== null && after.partitionOf === null
    changes.push(changeOf('partition_changed', { before: place(before), after: place(after) }, { detached }))
  }
  if (before.comment !== after.comment) {
    changes.push(changeOf('comment_changed', { before: before.comment, after: after.comment }))
  }
  return changes
}

const place = ({ partition, partitionOf }: RelationDocument) =>
  partition ?? (partitionOf === null ? 'a table of its own' : 'a partition')

interface SchemaState {
  name: string
  comment: string | null
}

export function diffSchema({ before, after }: { before: SchemaState; after: SchemaState }): SchemaChange[] {
  const changes: SchemaChange[] = []
  if (before.name !== after.name) changes.push(changeOf('schema_renamed', { before: before.name, after: after.name }))
  if (before.comment !== after.comment) {
    changes.push(changeOf('comment_changed', { before: before.comment, after: after.comment }))
  }
  return changes
}

/**
 * The vocabulary of a discovered catalog: what connectors read, the comparison compares and the store keeps.
 *
 * `externalId` is the identity a source gives an object (in Postgres `r:<oid>` for relations, `n:<oid>` for schemas): it
 * survives a rename, so an asset keeps its id. It is unique within one connection and means nothing outside of it.
 */
export const tableKinds = ['table', 'view', 'materialized_view', 'external_table'] as const
/** What holds or leads data besides: the changes of a table, and a place of files. Neither is sampled, measured or described. */
const passageKinds = ['stream', 'stage'] as const
export const relationKinds = [...tableKinds, ...passageKinds] as const
export type RelationKind = (typeof relationKinds)[number]

export const assetKinds = ['database', 'schema', ...relationKinds] as const
export type AssetKind = (typeof assetKinds)[number]

/** One vocabulary for every warehouse; the native spelling stays beside it in `nativeType`. */
export const columnTypes = [
  'integer',
  'decimal',
  'float',
  'boolean',
  'text',
  'uuid',
  'date',
  'time',
  'timestamp',
  'interval',
  'json',
  'binary',
  'array',
  'struct',
  'geo',
  'network',
  'other',
] as const
export type ColumnType = (typeof columnTypes)[number]

export interface ColumnDocument {
  /** Identity inside the relation that survives a rename (Postgres: attnum), else the name. */
  id: string
  name: string
  /** From 1, without gaps, in the order a `select *` shows. */
  position: number
  type: ColumnType
  /** As the source spells it, with length and precision: `numeric(10,2)`. */
  nativeType: string
  nullable: boolean
  default: string | null
  identity: 'always' | 'by_default' | null
  /** The expression of a generated column. */
  generated: string | null
  comment: string | null
}

export const keyKinds = ['primary', 'unique', 'foreign', 'check'] as const
export type KeyKind = (typeof keyKinds)[number]

export interface KeyDocument {
  kind: KeyKind
  name: string
  /** Column names in key order; for a check those it mentions. */
  columns: string[]
  /** As the source writes it: `CHECK ((qty > (0)::numeric))`. */
  definition: string
  /** The other end of a foreign key. */
  references: { externalId: string; columns: string[] } | null
}

export interface IndexDocument {
  name: string
  /** Column names or expressions in index order, included columns last. */
  columns: string[]
  unique: boolean
  primary: boolean
  /** `btree`, `gin`, … */
  method: string
  definition: string
}

/** All that is known of one relation. Its canonical JSON is what the fingerprint is taken of. */
export interface RelationDocument {
  columns: ColumnDocument[]
  keys: KeyDocument[]
  indexes: IndexDocument[]
  /** The query of a view or materialized view. */
  definition: string | null
  comment: string | null
  /** Of a partition: the `externalId` of its parent table. */
  partitionOf: string | null
  /** Of a partitioned table: how it is cut, `RANGE (placed_at)`; of a partition its bound, `FOR VALUES …`. */
  partition: string | null
}

export interface DiscoveredRelation {
  externalId: string
  schema: string
  name: string
  kind: RelationKind
  document: RelationDocument
  /** A hash by the source over all that the document is made of: while it stays, nothing has changed. */
  sourceFingerprint: string
  /** False when the role may not read its rows; its structure is known all the same. */
  readable: boolean
}

export interface DiscoveredSchema {
  externalId: string
  name: string
  comment: string | null
  /** Only a complete schema may report removals. */
  complete: boolean
}

export const changeKinds = [
  'schema_added',
  'schema_removed',
  'schema_renamed',
  'table_added',
  'table_removed',
  'table_renamed',
  'table_moved',
  'table_recreated',
  'database_rebuilt',
  'column_added',
  'column_removed',
  'column_renamed',
  'column_moved',
  'type_changed',
  'nullability_changed',
  'default_changed',
  'generation_changed',
  'key_added',
  'key_removed',
  'key_changed',
  'index_added',
  'index_removed',
  'index_changed',
  'definition_changed',
  'partition_changed',
  'comment_changed',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Those that give something another name, or another place: from `before` to `after`. */
export const renameKinds = [
  'schema_renamed',
  'table_renamed',
  'table_moved',
  'column_renamed',
] as const satisfies ChangeKind[]

/** Those whose texts name other objects, so that they may only follow the rename of one. */
export const textKinds = [
  'definition_changed',
  'default_changed',
  'generation_changed',
  'key_changed',
  'index_changed',
] as const satisfies ChangeKind[]

/** A text of a change is for a person: one of many pages is cut, the whole of it is in the versions of the asset. */
export const longestChangeText = 4000

/** One difference between two snapshots of an asset. `before` and `after` are texts a person reads. */
export interface SchemaChange {
  kind: ChangeKind
  column: string | null
  before: string | null
  after: string | null
  /** True when a reader of the asset that worked before may fail or read something else after. */
  breaking: boolean
  /** Why it breaks, or why it does not, in a sentence. */
  reason: string
}

/** A relation that is there, and of which nothing but its name was read: it stays as it was found last. */
export interface UnreadRelation {
  externalId: string
  schema: string
  name: string
  kind: RelationKind
  /** Somebody holds a lock on it, or on what it reads; or it was renamed or moved out of what the job looks at. */
  why: 'locked' | 'outside'
}

/** Something a job could not do though it completed; `object` is the name of what it concerns. */
export interface JobWarning {
  code: string
  object: string | null
  message: string
}

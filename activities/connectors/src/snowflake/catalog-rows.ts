import type {
  ColumnDocument,
  DiscoveredRelation,
  KeyDocument,
  RelationDocument,
  RelationKind,
} from '@plumbline/workflows'
import { fingerprintOf, relationKey, type NamedRelation } from '../source-fingerprint.ts'
import { columnTypeOf, nativeTypeOf, type TypeRow } from './column-type.ts'

export { relationKey }

/** What tells one relation from another, and what kind it is; held for a whole catalog. */
export interface RelationRow extends NamedRelation {
  /** `BASE TABLE`, `EXTERNAL TABLE`, `VIEW`, … */
  type: string
  dynamic: string | null
  comment: string | null
  clusteredBy: string | null
}

export interface ColumnRow extends TypeRow {
  schema: string
  relation: string
  name: string
  nullable: string
  default: string | null
  identity: string | null
  identityGeneration: string | null
  comment: string | null
}

export function relationKindOf({ type, dynamic }: Pick<RelationRow, 'type' | 'dynamic'>): RelationKind {
  // A dynamic table is kept up to date from its query by Snowflake, as a materialized view is.
  if (dynamic === 'YES') return 'materialized_view'
  if (type === 'VIEW') return 'view'
  if (type === 'MATERIALIZED VIEW') return 'materialized_view'
  if (type === 'STREAM') return 'stream'
  if (type === 'STAGE') return 'stage'
  return type === 'EXTERNAL TABLE' ? 'external_table' : 'table'
}

export interface RelationParts {
  relation: RelationRow
  externalId: string
  columns: readonly ColumnRow[]
  keys: readonly KeyDocument[]
  definition: string | null
  readable: boolean
}

export function discoveredRelation(parts: RelationParts): DiscoveredRelation {
  const { relation, externalId, columns, keys, definition, readable } = parts
  const kind = relationKindOf(relation)
  const document: RelationDocument = {
    columns: columns.map(columnDocument),
    keys: [...keys],
    indexes: [],
    definition,
    comment: relation.comment || null,
    partitionOf: null,
    partition: relation.clusteredBy ? `CLUSTER BY ${relation.clusteredBy}` : null,
  }
  const sourceFingerprint = fingerprintOf(readingVersion, relation, { kind, document })
  return { externalId, schema: relation.schema, name: relation.name, kind, document, sourceFingerprint, readable }
}

const columnDocument = (row: ColumnRow, index: number): ColumnDocument => ({
  // Snowflake shows no identity of a column: a renamed one is another.
  id: row.name,
  name: row.name,
  position: index + 1,
  type: columnTypeOf(row),
  nativeType: nativeTypeOf(row),
  nullable: row.nullable === 'YES',
  default: row.default,
  identity: row.identity === 'YES' ? (row.identityGeneration === 'ALWAYS' ? 'always' : 'by_default') : null,
  generated: null,
  comment: row.comment || null,
})

/** Counts up when the same rows of the catalog make another document. */
const readingVersion = 1

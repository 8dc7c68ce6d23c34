import { createHash } from 'node:crypto'
import type {
  ColumnDocument,
  DiscoveredRelation,
  KeyDocument,
  RelationDocument,
  RelationKind,
} from '@plumbline/workflows'
import { columnTypeOf, nativeTypeOf, type TypeRow } from './column-type.ts'

/** What tells one relation from another, and what kind it is; held for a whole catalog. */
export interface RelationRow {
  schema: string
  name: string
  /** `BASE TABLE`, `EXTERNAL TABLE`, `VIEW`, … */
  type: string
  dynamic: string | null
  /** Milliseconds since 1970: a rename keeps it, a `CREATE OR REPLACE` does not. */
  created: number
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

/** The same for rows of any view of the catalog that names a relation. */
export const relationKey = ({ schema, name }: { schema: string; name: string }): string => `${schema}\u001F${name}`

export function relationKindOf({ type, dynamic }: Pick<RelationRow, 'type' | 'dynamic'>): RelationKind {
  // A dynamic table is kept up to date from its query by Snowflake, as a materialized view is.
  if (dynamic === 'YES') return 'materialized_view'
  if (type === 'VIEW') return 'view'
  if (type === 'MATERIALIZED VIEW') return 'materialized_view'
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
  const sourceFingerprint = fingerprintOf(relation, hashOf(JSON.stringify([kind, document])))
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

/** Carries name and time of creation, by which the next reading knows the relation again (`identities.ts`). */
const fingerprintOf = (relation: RelationRow, document: string): string =>
  [readingVersion, relation.created, hashOf(relationKey(relation)), document].join(':')

export interface KnownTrace {
  created: number
  nameHash: string
}

/** What a fingerprint of any reading says of how its relation was called, and made. */
export function traceOf(fingerprint: string): KnownTrace | null {
  const [, created, nameHash] = /^\d+:(\d+):(\w+):\w+$/.exec(fingerprint) ?? []
  return created === undefined || nameHash === undefined ? null : { created: Number(created), nameHash }
}

/** Long enough that no two of a million names meet by chance. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24)

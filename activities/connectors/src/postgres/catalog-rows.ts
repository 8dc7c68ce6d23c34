import type {
  ColumnDocument,
  DiscoveredRelation,
  IndexDocument,
  KeyDocument,
  KeyKind,
  RelationKind,
  UnreadRelation,
} from '@plumbline/workflows'
import { columnTypeOf } from './column-type.ts'

/** The rows of `catalogQueries`; `relation` is the oid they are ordered by. */
export interface RelationRow {
  relation: number
  schema: string
  name: string
  kind: 'r' | 'p' | 'v' | 'm' | 'f'
  definition: string | null
  comment: string | null
  partition_of: number | null
  partition_key: string | null
  partition_bound: string | null
  schema_usable: boolean
  readable: boolean
}

/** A row of `lockedRelationsQuery` and `standingRelationsQuery`. */
export type UnreadRow = Pick<RelationRow, 'relation' | 'schema' | 'name' | 'kind'>

/** A row of `fingerprintsQuery`. */
export interface FingerprintRow {
  relation: number
  schema: string
  name: string
  schema_usable: boolean
  readable: boolean
  columns: number
  fingerprint: string
}

export interface ColumnRow {
  relation: number
  number: number
  name: string
  native_type: string
  type_name: string
  type_kind: string
  type_category: string
  not_null: boolean
  identity: '' | 'a' | 'd'
  default: string | null
  generated: string | null
  comment: string | null
}

export interface ConstraintRow {
  relation: number
  kind: 'p' | 'u' | 'f' | 'c'
  name: string
  columns: number[] | null
  /** Null when it was dropped while the catalog was read, as for indexes. */
  definition: string | null
  referenced: number | null
  referenced_columns: string[] | null
}

export interface IndexRow {
  relation: number
  name: string
  /** 0 stands for an expression. */
  columns: number[]
  unique: boolean
  primary: boolean
  method: string
  definition: string | null
  /** How every column of the index is written, where one is an expression. */
  expressions: (string | null)[] | null
}

export interface RelationRows {
  relation: RelationRow
  columns: ColumnRow[]
  constraints: ConstraintRow[]
  indexes: IndexRow[]
  sourceFingerprint: string
}

const kindOf: Record<RelationRow['kind'], RelationKind> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialized_view',
  f: 'external_table',
}
const keyKindOf: Record<ConstraintRow['kind'], KeyKind> = { p: 'primary', u: 'unique', f: 'foreign', c: 'check' }
const identityOf = { '': null, a: 'always', d: 'by_default' } as const

export const relationId = (oid: number): string => `r:${oid}`
export const schemaId = (oid: number): string => `n:${oid}`
/** @returns the oid, null for an id that no relation of Postgres has */
export function relationOid(externalId: string): number | null {
  const digits = /^r:(\d{1,10})$/.exec(externalId)?.[1]
  return digits === undefined ? null : Number(digits)
}

export const unreadRelation = (row: UnreadRow, why: UnreadRelation['why']): UnreadRelation => ({
  externalId: relationId(row.relation),
  schema: row.schema,
  name: row.name,
  kind: kindOf[row.kind],
  why,
})

/** One relation from its rows; null when it was dropped while the catalog was read, so that its definition is gone. */
export function discoveredRelation(rows: RelationRows): DiscoveredRelation | null {
  const { relation } = rows
  const isView = relation.kind === 'v' || relation.kind === 'm'
  if (isView && relation.definition === null) return null
  const nameOf = new Map(rows.columns.map((column) => [column.number, column.name]))
  return {
    externalId: relationId(relation.relation),
    schema: relation.schema,
    name: relation.name,
    kind: kindOf[relation.kind],
    sourceFingerprint: rows.sourceFingerprint,
    readable: relation.schema_usable && relation.readable,
    document: {
      columns: rows.columns.map((row, index) => columnDocument(row, index + 1)),
      keys: rows.constraints.flatMap((row) => keyDocument(row, nameOf)),
      indexes: rows.indexes.flatMap((row) => indexDocument(row, nameOf)),
      definition: relation.definition,
      comment: relation.comment,
      partitionOf: relation.partition_of === null ? null : relationId(relation.partition_of),
      partition: partitionOf(relation),
    },
  }
}

function columnDocument(row: ColumnRow, position: number): ColumnDocument {
  return {
    id: String(row.number),
    name: row.name,
    position,
    type: columnTypeOf({ name: row.type_name, kind: row.type_kind, category: row.type_category }),
    nativeType: row.native_type,
    nullable: !row.not_null,
    default: row.default,
    identity: identityOf[row.identity],
    generated: row.generated,
    comment: row.comment,
  }
}

function keyDocument(row: ConstraintRow, nameOf: ReadonlyMap<number, string>): KeyDocument[] {
  if (row.definition === null) return []
  const references =
    row.referenced === null ? null : { externalId: relationId(row.referenced), columns: row.referenced_columns ?? [] }
  const columns = (row.columns ?? []).flatMap((number) => nameOf.get(number) ?? [])
  return [{ kind: keyKindOf[row.kind], name: row.name, columns, definition: row.definition, references }]
}

function indexDocument(row: IndexRow, nameOf: ReadonlyMap<number, string>): IndexDocument[] {
  if (row.definition === null) return []
  const { name, unique, primary, method, definition } = row
  const columns = row.columns.flatMap((number, index) => nameOf.get(number) ?? row.expressions?.[index] ?? [])
  return [{ name, columns, unique, primary, method, definition }]
}

/** A partition that is cut again has both; they are joined as `create table` would spell them. */
function partitionOf(relation: RelationRow): string | null {
  const { partition_bound: bound, partition_key: key } = relation
  return bound !== null && key !== null ? `${bound} PARTITION BY ${key}` : (bound ?? key)
}

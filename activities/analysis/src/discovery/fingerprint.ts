import { createHash } from 'node:crypto'
import type { ColumnDocument, IndexDocument, KeyDocument, RelationDocument, RelationKind } from '@plumbline/workflows'

type DocumentField =
  | keyof RelationDocument
  | keyof ColumnDocument
  | keyof KeyDocument
  | keyof IndexDocument
  | keyof NonNullable<KeyDocument['references']>

/** Every field there is; one that is missing here does not compile, so that none is left out of the fingerprint. */
const fields: Record<DocumentField, true> = {
  columns: true,
  comment: true,
  default: true,
  definition: true,
  externalId: true,
  generated: true,
  id: true,
  identity: true,
  indexes: true,
  keys: true,
  kind: true,
  method: true,
  name: true,
  nativeType: true,
  nullable: true,
  partition: true,
  partitionOf: true,
  position: true,
  primary: true,
  references: true,
  type: true,
  unique: true,
}
const sortedFields = Object.keys(fields).sort()

/** A document as text: keys sorted, lists as they are (columns by position, keys and indexes as the connector orders them). */
export const canonicalJson = (document: RelationDocument): string => JSON.stringify(document, sortedFields)

/** SHA-256, in hex, over kind and canonical document: two relations of one structure have the same. */
export function fingerprintOf(kind: RelationKind, documentJson: string): string {
  return createHash('sha256').update(kind).update('\n').update(documentJson).digest('hex')
}

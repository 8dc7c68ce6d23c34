import { createHash } from 'node:crypto'
import type { RelationDocument, RelationKind } from '@plumbline/workflows'

/** What a source without identities tells of a relation. */
export interface NamedRelation {
  schema: string
  name: string
  /** Milliseconds since 1970: a rename keeps it, a `CREATE OR REPLACE` does not. */
  created: number
}

/** The same for rows of any view of the catalog that names a relation. */
export const relationKey = ({ schema, name }: { schema: string; name: string }): string => `${schema}\u001F${name}`

/**
 * Carries name and time of creation, by which the next reading knows the relation again (`identities.ts`).
 * @param readingVersion counts up when the same rows of the catalog make another document
 */
export function fingerprintOf(
  readingVersion: number,
  relation: NamedRelation,
  content: { kind: RelationKind; document: RelationDocument },
): string {
  const { kind, document } = content
  return [
    readingVersion,
    relation.created,
    hashOf(relationKey(relation)),
    hashOf(JSON.stringify([kind, document])),
  ].join(':')
}

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

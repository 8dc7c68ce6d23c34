import type { RelationDocument, RelationKind } from './catalog.ts'

/** Who wrote a text: a language model, the writer that goes by rules, or a person. */
export const documentationSources = ['ai', 'rules', 'manual'] as const
export type DocumentationSource = (typeof documentationSources)[number]

/** A text of a run is proposed until a person accepts or rejects it; a person's own is edited. */
export const documentationStates = ['proposed', 'accepted', 'rejected', 'edited'] as const
export type DocumentationState = (typeof documentationStates)[number]

/** What the sentences about a relation tell, in this order. */
export const relationParts = ['purpose', 'grain', 'keys', 'relationships', 'facts'] as const
export type RelationPart = (typeof relationParts)[number]

/** What the sentences about a column tell, in this order. */
export const columnParts = ['meaning', 'format', 'values', 'caveats'] as const
export type ColumnPart = (typeof columnParts)[number]

/** What a fact about a table was taken from. */
export const documentationEvidenceKinds = [
  'name',
  'type',
  'key',
  'comment',
  'definition',
  'tag',
  'lineage',
  'neighbour',
  'freshness',
  'profile',
] as const
export type DocumentationEvidenceKind = (typeof documentationEvidenceKinds)[number]

/** Something that is known, and that a sentence rests on; never a raw value of a person. */
export interface DocumentationEvidence {
  kind: DocumentationEvidenceKind
  text: string
}

export interface DocumentationSentence {
  part: RelationPart | ColumnPart
  text: string
  evidence: DocumentationEvidence[]
  /** From 0 to 1. */
  confidence: number
}

/** What the sampled values of a column showed. Values themselves are in it only where they are few and nobody's own. */
export interface ColumnProfile {
  /** How many values were seen. */
  values: number
  /** What nearly all of them have the form of: `email addresses`. */
  form: string | null
  /** All that were seen, where they are few words that repeat; sorted. */
  list: string[] | null
}

/** All that is known of a relation when it is documented. Names are as people write them: `schema.table`, `schema.table.column`. */
export interface DocumentationSubject {
  database: string
  schema: string
  name: string
  kind: RelationKind
  /** The SQL of its definition. */
  dialect: 'postgres' | 'snowflake' | 'bigquery'
  document: RelationDocument
  /** By column, personal data and sensitivity first. */
  tags: Record<string, { tag: string; category: string }[]>
  /** Where foreign keys lead to, by the name of the key; those out of sight are missing. */
  references: Record<string, string>
  /** Relations whose foreign keys lead here. */
  referencedBy: string[]
  upstream: string[]
  downstream: string[]
  /** By column, the columns that its values come from. */
  sources: Record<string, string[]>
  /** Relations of the schema whose names begin alike. */
  neighbours: string[]
  /** As it was counted last; null: never. */
  rows: number | null
  /** The usual time between two updates, in milliseconds; null: not known. */
  updateIntervalMs: number | null
  profile: Record<string, ColumnProfile>
}

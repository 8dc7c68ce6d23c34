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

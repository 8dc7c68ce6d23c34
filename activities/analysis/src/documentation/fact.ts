import type { DocumentationEvidence } from '@plumbline/workflows'

/** Something that is known of a table or of a column, in a sentence. */
export interface Fact extends DocumentationEvidence {
  /** `F1`: how sentences refer to it. */
  id: string
  /** Null: the table itself. */
  column: string | null
  /** What it is about, for who looks for it: `comment`, `rows`, `key orders_pkey`. */
  topic: string
}

export type NewFact = Omit<Fact, 'id' | 'column'>

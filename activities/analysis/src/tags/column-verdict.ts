/** A tag with the reasons for it, in sentences that hold no raw value. */
export interface ColumnVerdict {
  tag: string
  category: 'pii' | 'sensitivity' | 'domain'
  /** From 0 to 1. */
  confidence: number
  evidence: string[]
  /** Nothing but another column's tag speaks for it. */
  inherited: boolean
  /** Of a sensitivity: the kind of personal data in the same column that it follows from. */
  derivedFrom?: string
}

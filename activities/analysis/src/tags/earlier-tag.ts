import type { ColumnVerdict } from './column-verdict.ts'
import type { PiiVerdict } from './classify-pii.ts'
import { piiKinds } from './kinds.ts'
import { isFromValues } from './value-evidence.ts'

/** A tag of an earlier run, of a column that is named and typed as it was then, and whose values are not looked at now. */
export type EarlierTag = Pick<ColumnVerdict, 'tag' | 'category' | 'confidence' | 'evidence'>

/** The personal data that values showed the last time they were looked at: that they are not looked at now disproves nothing. */
export function shownBefore(earlier: readonly EarlierTag[], rejected: readonly string[]): PiiVerdict | undefined {
  const shown = earlier.flatMap(({ tag, category, confidence, evidence }) => {
    const kind = category === 'pii' ? piiKinds.find((one) => one === tag) : undefined
    if (!kind || rejected.includes(kind) || !evidence.some(isFromValues)) return []
    return [{ kind, confidence, evidence, inherited: false }]
  })
  return shown.toSorted((a, b) => b.confidence - a.confidence)[0]
}

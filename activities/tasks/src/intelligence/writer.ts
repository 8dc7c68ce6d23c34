import { rulesVersion, writeByRules, type Fact, type WrittenText } from '@plumbline/analysis'
import type { ChosenSubject } from '@plumbline/store'
import type { JobWarning } from '@plumbline/workflows'

export type Written =
  | { kind: 'written'; texts: WrittenText[] }
  /** Nothing could be made of this table; the others go on. */
  | { kind: 'left'; warning: JobWarning }
  /** What the job may spend is spent: no other table is described either. */
  | { kind: 'over-budget' }

/** Who writes the documentation of a job. */
export interface Writer {
  readonly source: 'ai' | 'rules'
  /** Null of rules. */
  readonly model: string | null
  readonly promptVersion: string
  /** How many tables it works on at once. */
  readonly concurrency: number
  /**
   * @param fingerprint of the facts
   * @throws ModelError where nothing can be written of any table
   */
  write(subject: ChosenSubject, facts: readonly Fact[], fingerprint: string): Promise<Written>
}

/** Used where no model is set up: nothing pretends to be one. */
export const rulesWriter: Writer = {
  source: 'rules',
  model: null,
  promptVersion: rulesVersion,
  concurrency: 1,
  write: async (subject, facts) => ({ kind: 'written', texts: writeByRules(subject, facts) }),
}

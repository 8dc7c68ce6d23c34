import { jobDefinition } from '@plumbline/workflows'
import { counted, numberText } from '../text/count.ts'
import type { Job } from '@plumbline/api'

/** Whole percents, rounded down: 100 is kept for what is complete. */
export const percentText = (percent: number): string => `${Math.floor(percent)} %`

/** The step a job is in, as its definition labels it. */
export function stepLabel(job: Pick<Job, 'type' | 'progress'>): string | null {
  const { step } = job.progress
  if (step === null) return null
  return jobDefinition(job.type).steps.find(({ name }) => name === step)?.label ?? step
}

/** `1,200 of 4,000 relations`, `1,200 relations`; null while nothing is counted. */
export function amountText(work: { done: number | null; total: number | null; unit: string | null }): string | null {
  const { done, total, unit } = work
  if (done === null) return null
  if (total !== null) return `${numberText(done)} of ${numberText(total)}${unit === null ? '' : ` ${unit}`}`
  return unit === null ? numberText(done) : counted(done, unit.replace(/s$/, ''), unit)
}

import type { FreshnessMethod, FreshnessState, Sensitivity } from '@plumbline/workflows'

export const stateLabels: Record<FreshnessState, string> = {
  fresh: 'Fresh',
  learning: 'Learning',
  late: 'Late',
  stale: 'Stale',
  unknown: 'Unknown',
  error: 'Error',
}

/** What a person must look at comes first. */
export const statesByUrgency = [
  'stale',
  'late',
  'error',
  'fresh',
  'learning',
  'unknown',
] as const satisfies readonly FreshnessState[]

export const methodLabels: Record<FreshnessMethod, string> = {
  last_altered: 'last alteration',
  column_index: 'Column, by its index',
  column_tail: 'Column, last pages',
  commit_timestamp: 'Commit time',
  counters: 'Row counters',
  storage: 'Storage replaced',
}

export const sensitivityLabels: Record<Sensitivity, string> = { low: 'Low', medium: 'Medium', high: 'High' }

/** How sure the time of an update is, in a word and as a share. */
export function confidenceText(confidence: number): string {
  const word = confidence >= 0.85 ? 'High' : confidence >= 0.7 ? 'Good' : 'Moderate'
  return `${word} (${Math.round(confidence * 100)} %)`
}

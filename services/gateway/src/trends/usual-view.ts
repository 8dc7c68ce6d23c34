import type { UsualDuration as UsualView } from '@plumbline/api'
import type { UsualDuration } from '@plumbline/analysis'

/** What is usual of a job, as answers show it. */
export const usualView = ({ runs, p50Ms, p95Ms, limitMs }: Omit<UsualDuration, 'noiseMs'>): UsualView => ({
  runs,
  p50: Math.round(p50Ms),
  p95: Math.round(p95Ms),
  limit: Math.round(limitMs),
})

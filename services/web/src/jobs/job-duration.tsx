import { durationText, elapsedMs, tickingText } from '../text/duration.ts'
import { useNow } from '../live/use-now.ts'
import type { Job } from '@plumbline/api'

/** How long a job ran; ticks while it runs, a dash before it began. */
export function JobDuration({ job }: { job: Pick<Job, 'startedAt' | 'endedAt' | 'durationMs'> }) {
  const ticking = job.startedAt !== null && job.endedAt === null
  const elapsed = elapsedMs(job, useNow(ticking))
  if (elapsed === null) return <span aria-label="Not started">–</span>
  return <span style={{ whiteSpace: 'nowrap' }}>{ticking ? tickingText(elapsed) : durationText(elapsed)}</span>
}

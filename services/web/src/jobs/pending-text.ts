import { pendingReasons } from '@plumbline/workflows'
import type { Job } from '@plumbline/api'

/** Why a pending job waits, with its place in the line: `Waiting for a free slot of its connection (2nd in line)`. */
export function pendingText(reason: Job['pendingReason']): string | null {
  if (reason === null) return null
  const place = reason.position === undefined ? '' : ` (${ordinal(reason.position)} in line)`
  return pendingReasons[reason.code] + place
}

function ordinal(position: number): string {
  const teen = position % 100 > 10 && position % 100 < 14
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][position % 10] ?? 'th')
  return `${position}${ending}`
}

/** The sentence of the Message column: the error of a failed job, the reason of a pending one, else what the job says. */
export function jobMessage(job: Pick<Job, 'status' | 'flags' | 'message' | 'error' | 'pendingReason'>): string {
  if (job.flags.includes('no-worker')) return 'Waits for a worker: none does the work of its step'
  if (job.status === 'pending') return pendingText(job.pendingReason) ?? job.message
  if (job.status === 'failed') return job.error?.message ?? job.message
  return job.message
}

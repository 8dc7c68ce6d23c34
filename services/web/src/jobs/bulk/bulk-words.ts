import { counted, numberText } from '../../text/count.ts'
import { refusal } from '../actions/job-decisions.ts'
import type { BulkPreview, Job } from '@plumbline/api'
import type { BulkAction } from '@plumbline/workflows'

export const bulkVerbs: Record<BulkAction, { does: string; doing: string; done: string }> = {
  cancel: { does: 'Cancel', doing: 'Cancelling', done: 'Cancelled' },
  retry: { does: 'Retry', doing: 'Retrying', done: 'Retried' },
}

/** `12 jobs`, or `more than 10,000 jobs` where the server stopped counting. */
export const previewCount = ({ count, capped }: Pick<BulkPreview, 'count' | 'capped'>): string =>
  capped ? `more than ${numberText(count)} jobs` : counted(count, 'job')

/** One reason and how many of the chosen jobs it holds for. */
export interface LeftOut {
  reason: string
  count: number
}

/** Why chosen jobs are left out, by the rule that the server gave with each, the most frequent first. */
export function leftOut(jobs: readonly Pick<Job, 'actions'>[], action: BulkAction): LeftOut[] {
  const counts = new Map<string, number>()
  for (const job of jobs) {
    const reason = refusal(job.actions[action])
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count)
}

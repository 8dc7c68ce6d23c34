import { numberText } from '../../text/count.ts'
import type { JobSearch } from '../job-search.ts'
import type { JobCounts } from '@plumbline/api'

/** Beyond this the server stops counting. */
export const countLimit = 10_000

/** How many jobs the list holds: on the tab Failed those that a later attempt fixed count only when they are shown. */
export function countOfTab(counts: JobCounts, { tab = 'all', resolved }: Pick<JobSearch, 'tab' | 'resolved'>): number {
  return tab === 'failed' && resolved === undefined ? counts.unresolved : counts[tab]
}

export const countText = (count: number): string =>
  count >= countLimit ? `${numberText(countLimit)}+` : numberText(count)

import { numberText } from '../../text/count.ts'
import type { JobSearch } from '../job-search.ts'
import type { JobCounts } from '@plumbline/api'

/** What is more than this is a large file. */
export const countLimit = 10_000

type Tab = Pick<JobSearch, 'tab' | 'resolved'>

const countName = ({ tab = 'all', resolved }: Tab) => (tab === 'failed' && resolved === undefined ? 'unresolved' : tab)

/** How many jobs the list holds: on the tab Failed those that a later attempt fixed count only when they are shown. */
export const countOfTab = (counts: JobCounts, tab: Tab): number => counts[countName(tab)]

/** Where the server stopped counting, what it came to is the least there are. */
export const countText = (counts: JobCounts, tab: Tab): string =>
  `${numberText(countOfTab(counts, tab))}${counts.capped.includes(countName(tab)) ? '+' : ''}`

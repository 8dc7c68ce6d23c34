import { unknownJobs } from '../live-merge.ts'
import { jobMatches, type AssetScope } from '../job-matches.ts'
import type { Page } from '../../api/cursor-pages.ts'
import type { JobSearch } from '../job-search.ts'
import type { Job } from '@plumbline/api'
import type { InfiniteData } from '@tanstack/react-query'

/**
 * The jobs of a batch that belong into the list as it is filtered and sorted, but are not in it. What would lie on a page
 * that was not read yet is no news: scrolling brings it.
 */
export function freshJobs(
  pages: InfiniteData<Page<Job>> | undefined,
  batch: Iterable<Job>,
  search: JobSearch,
  nowMs: number,
  scope?: AssetScope,
): Job[] {
  const last = pages?.pages.at(-1)
  const end = last?.nextCursor == null ? undefined : last.items.at(-1)
  return unknownJobs(pages, [...batch]).filter(
    (job) => jobMatches(job, search, nowMs, scope) && (end === undefined || sortsBefore(job, end, search)),
  )
}

function sortsBefore(job: Job, other: Job, { sort, order }: JobSearch): boolean {
  const difference =
    sort === 'durationMs'
      ? (job.durationMs ?? -1) - (other.durationMs ?? -1)
      : Date.parse(job.createdAt) - Date.parse(other.createdAt)
  return order === 'asc' ? difference < 0 : difference > 0
}

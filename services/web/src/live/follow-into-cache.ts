import { hasEnded } from '@plumbline/workflows'
import { assetKeys } from '../api/asset-calls.ts'
import { jobDetail, jobKeys } from '../api/job-calls.ts'
import { scheduleKeys } from '../api/schedule-calls.ts'
import { mergeIntoDetail, mergeIntoPages } from '../jobs/live-merge.ts'
import { throttled } from './throttled.ts'
import type { Page } from '../api/cursor-pages.ts'
import type { LiveFeed } from './live-feed.ts'
import type { Job, JobDetail } from '@plumbline/api'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'

/** Often enough to feel live, seldom enough that a thousand running jobs do not make a page ask all day. */
const detailEveryMs = 1_000
const countEveryMs = 2_000
const catalogEveryMs = 5_000
const schedulesEveryMs = 2_000

/** Writes what the stream tells into the lists, counts and details that are held. Returns how to end it. */
export function followIntoCache(feed: LiveFeed, queries: QueryClient): () => void {
  const isNews = statusWatch()
  const recount = throttled(countEveryMs, () => void queries.invalidateQueries({ queryKey: jobKeys.counts }))
  const rereadCatalog = throttled(catalogEveryMs, () => void queries.invalidateQueries({ queryKey: assetKeys.all }))
  const rereadSchedules = throttled(schedulesEveryMs, () => {
    for (const kind of ['list', 'detail']) void queries.invalidateQueries({ queryKey: [...scheduleKeys.all, kind] })
  })
  const staleDetails = new Set<string>()
  const rereadDetails = throttled(detailEveryMs, () => {
    for (const jobId of staleDetails) void queries.invalidateQueries({ queryKey: jobKeys.detail(jobId) })
    staleDetails.clear()
  })

  const offJobs = feed.onJobs((jobs) => {
    queries.setQueriesData<InfiniteData<Page<Job>>>({ queryKey: jobKeys.lists }, (pages) =>
      pages === undefined ? undefined : mergeIntoPages(pages, jobs),
    )
    for (const jobId of mergeDetails(queries, jobs)) staleDetails.add(jobId)
    if (staleDetails.size > 0) rereadDetails()
    const news = [...jobs.values()].filter(isNews)
    if (news.length > 0) recount()
    if (news.some((job) => job.status === 'completed')) rereadCatalog()
    if (news.some((job) => job.trigger.scheduleId !== undefined)) rereadSchedules()
  })
  const offGap = feed.onGap(() => void queries.invalidateQueries({ queryKey: ['jobs'] }))
  return () => {
    offJobs()
    offGap()
  }
}

/** Brings the summaries of held details up to date; answers with those whose steps have to be read again. */
function mergeDetails(queries: QueryClient, jobs: ReadonlyMap<string, Job>): string[] {
  const stale: string[] = []
  for (const [, detail] of queries.getQueriesData<JobDetail>({ queryKey: jobKeys.details })) {
    if (detail === undefined) continue
    const merged = mergeIntoDetail(detail, jobs)
    if (merged.detail !== detail) queries.setQueryData(jobDetail(detail.id).queryKey, merged.detail)
    if (merged.stale) stale.push(detail.id)
  }
  return stale
}

/** Tells whether a job's status differs from the last one heard of it. Remembers active jobs only, so it stays small. */
function statusWatch(): (job: Job) => boolean {
  const active = new Map<string, string>()
  return (job) => {
    const changed = active.get(job.id) !== job.status
    if (hasEnded(job.status)) active.delete(job.id)
    else active.set(job.id, job.status)
    return changed
  }
}

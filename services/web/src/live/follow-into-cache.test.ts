import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { jobKeys } from '../api/job-calls.ts'
import { scheduleKeys } from '../api/schedule-calls.ts'
import { sampleDetail, sampleJob } from '../testing/sample-job.ts'
import { followIntoCache } from './follow-into-cache.ts'
import type { LiveFeed } from './live-feed.ts'
import type { Job } from '@plumbline/api'

/** A feed that a test speaks for. */
function fakeFeed() {
  let jobs: (jobs: ReadonlyMap<string, Job>) => void = () => undefined
  let gap: () => void = () => undefined
  const feed: LiveFeed = {
    state: () => 'live',
    onState: () => () => undefined,
    onJobs: (listener) => {
      jobs = listener
      return () => undefined
    },
    onGap: (listener) => {
      gap = listener
      return () => undefined
    },
    start: () => () => undefined,
  }
  return { feed, tell: (...all: Job[]) => jobs(new Map(all.map((job) => [job.id, job]))), gap: () => gap() }
}

/** Watches a key, as a page that shows it would; counts how often it is read. */
function watch(queries: QueryClient, queryKey: readonly unknown[], data: unknown) {
  const read = vi.fn<() => Promise<unknown>>(async () => data)
  queries.setQueryData(queryKey, data)
  const observer = new QueryObserver(queries, { queryKey, queryFn: read, staleTime: Number.POSITIVE_INFINITY })
  observer.subscribe(() => undefined)
  return read
}

const setUp = () => {
  const queries = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } })
  const fake = fakeFeed()
  followIntoCache(fake.feed, queries)
  return { queries, ...fake }
}

describe('followIntoCache', () => {
  it('changes rows in every list that has them, without reading', () => {
    const { queries, tell } = setUp()
    const key = [...jobKeys.lists, { tab: 'active' }]
    const read = watch(queries, key, { pages: [{ items: [sampleJob()], nextCursor: null }], pageParams: [undefined] })
    tell(sampleJob({ status: 'completed' }))
    expect(queries.getQueryData(key)).toMatchObject({ pages: [{ items: [{ status: 'completed' }] }] })
    expect(read).not.toHaveBeenCalled()
  })

  it('reads the detail of a changed job again, for its steps', async () => {
    const { queries, tell } = setUp()
    const read = watch(queries, jobKeys.detail('job-1'), sampleDetail())
    const other = watch(queries, jobKeys.detail('job-9'), sampleDetail({ id: 'job-9', rootJobId: 'job-9' }))
    tell(sampleJob({ message: 'on it' }))
    await expect.poll(() => read.mock.calls.length).toBe(1)
    expect(other).not.toHaveBeenCalled()
  })

  it('counts again when a status changed, not at every percent', async () => {
    const { queries, tell } = setUp()
    const read = watch(queries, [...jobKeys.counts, {}], {})
    tell(sampleJob())
    await expect.poll(() => read.mock.calls.length).toBe(1)
    tell(sampleJob({ progress: { ...sampleJob().progress, percent: 50 } }))
    tell(sampleJob({ progress: { ...sampleJob().progress, percent: 60 } }))
    expect(queries.getQueryState([...jobKeys.counts, {}])?.isInvalidated).toBe(false)
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('reads schedules again when a job of one begins or ends, and for no other job', async () => {
    const { queries, tell } = setUp()
    const read = watch(queries, [...scheduleKeys.all, 'list', {}], {})
    const preview = watch(queries, [...scheduleKeys.all, 'preview', {}], {})
    tell(sampleJob({ id: 'job-2' }))
    expect(queries.getQueryState([...scheduleKeys.all, 'list', {}])?.isInvalidated).toBe(false)
    tell(sampleJob({ trigger: { kind: 'schedule', actor: 'schedule', scheduleId: 'schedule-1' } }))
    await expect.poll(() => read.mock.calls.length).toBe(1)
    expect(preview).not.toHaveBeenCalled()
  })

  it('reads everything of jobs again after a gap', async () => {
    const { queries, gap } = setUp()
    const counts = watch(queries, [...jobKeys.counts, {}], {})
    const detail = watch(queries, jobKeys.detail('job-1'), sampleDetail())
    gap()
    await expect.poll(() => [counts.mock.calls.length, detail.mock.calls.length]).toEqual([1, 1])
  })
})

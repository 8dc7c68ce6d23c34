import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type { QueryValue } from './http.ts'
import type { CancelJob, Job, JobCounts, JobDetail, RetryJob, StartJob, TerminateJob } from '@plumbline/api'

export type JobQuery = Record<string, QueryValue>

const pageSize = 50
const cancellingEveryMs = 3_000

const pathOf = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`

/** Keys begin with what they hold, so that live events find every list, count or detail without knowing the filters. */
export const jobKeys = {
  lists: ['jobs', 'list'],
  counts: ['jobs', 'counts'],
  details: ['jobs', 'detail'],
  detail: (jobId: string) => ['jobs', 'detail', jobId],
} as const

export const jobList = (query: JobQuery) =>
  infiniteQueryOptions({
    queryKey: [...jobKeys.lists, query],
    // Rows that an event changed stay where they are; a list that is opened anew is read anew.
    staleTime: 0,
    ...cursorPages<Job>((cursor, signal) => http.get('/jobs', { ...query, limit: pageSize, cursor }, signal)),
  })

export const jobCounts = (query: JobQuery) =>
  queryOptions({
    queryKey: [...jobKeys.counts, query],
    queryFn: ({ signal }): Promise<JobCounts> => http.get('/jobs/counts', query, signal),
    placeholderData: (before) => before,
  })

export const jobDetail = (jobId: string) =>
  queryOptions({
    queryKey: jobKeys.detail(jobId),
    queryFn: ({ signal }): Promise<JobDetail> => http.get(pathOf(jobId), undefined, signal),
    staleTime: 1_000,
    // That a cancel may be forced now is a matter of time: no event tells it.
    refetchInterval: ({ state }) => (state.data?.flags.includes('cancelling') === true ? cancellingEveryMs : false),
  })

export const startJob = (input: StartJob): Promise<Job> => http.post('/jobs', input)

export const cancelJob = (jobId: string, input: CancelJob): Promise<Job> => http.post(`${pathOf(jobId)}/cancel`, input)

export const terminateJob = (jobId: string, input: TerminateJob): Promise<Job> =>
  http.post(`${pathOf(jobId)}/terminate`, input)

export const retryJob = (jobId: string, input: RetryJob): Promise<Job> => http.post(`${pathOf(jobId)}/retry`, input)

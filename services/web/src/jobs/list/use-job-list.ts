import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { jobList } from '../../api/job-calls.ts'
import { useJobUpdates } from '../../live/live-context.ts'
import { serverNow } from '../../live/server-clock.ts'
import { usePinnedNow } from '../../live/use-pinned-now.ts'
import { listQuery, type JobSearch } from '../job-search.ts'
import { freshJobs } from './fresh-jobs.ts'
import type { AssetScope } from '../job-matches.ts'
import type { Job } from '@plumbline/api'

/** The rows of a filtered list, read page by page and kept up to date in place; new jobs wait until they are asked for. */
export function useJobList(search: JobSearch, scope?: AssetScope) {
  const nowMs = usePinnedNow(search.range)
  const options = jobList(listQuery(search, nowMs))
  const list = useInfiniteQuery(options)
  const queryClient = useQueryClient()
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set())

  useJobUpdates((batch) => {
    const fresh = freshJobs(list.data, batch.values(), search, serverNow(), scope)
    if (fresh.length > 0) setWaiting((before) => new Set([...before, ...fresh.map(({ id }) => id)]))
  })

  const jobs = useMemo(() => distinct(list.data?.pages.flatMap((page) => page.items) ?? []), [list.data])
  const shown = useMemo(() => new Set(jobs.map(({ id }) => id)), [jobs])

  /** Reads the list anew from its first page. */
  const loadNew = async (): Promise<void> => {
    queryClient.setQueryData(
      options.queryKey,
      (before) => before && { pages: before.pages.slice(0, 1), pageParams: before.pageParams.slice(0, 1) },
    )
    await list.refetch()
    setWaiting(new Set())
  }
  return { list, jobs, nowMs, newCount: [...waiting].filter((id) => !shown.has(id)).length, loadNew }
}

/** A job that moved between pages while they were read is in both: the first place counts. */
function distinct(jobs: Job[]): Job[] {
  const seen = new Map<string, Job>()
  for (const job of jobs) if (!seen.has(job.id)) seen.set(job.id, job)
  return seen.size === jobs.length ? jobs : [...seen.values()]
}

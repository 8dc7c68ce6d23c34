import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { jobLog, openJobLog, type LogFilter } from '../../api/log-calls.ts'
import { followLog } from './log-feed.ts'
import { appended, emptyTail } from './log-text.ts'
import type { StreamState } from '../../api/event-stream.ts'
import type { LogLine } from '@plumbline/api'

export interface JobLog {
  lines: LogLine[]
  dropped: number
  /** It comes by itself, or did until its job ended. */
  followed: boolean
  state: StreamState | 'ended' | 'loading'
  error: Error | null
  retry: () => void
  /** Reads on; null where all was read, or comes by itself. */
  more: (() => void) | null
}

/** The log of an ended job, page by page. */
export function usePagedLog(jobId: string, filter: LogFilter): JobLog {
  const pages = useInfiniteQuery(jobLog(jobId, filter))
  const lines = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  return {
    lines,
    dropped: 0,
    followed: false,
    state: pages.isPending ? 'loading' : 'ended',
    error: pages.error,
    retry: () => void pages.refetch(),
    more: pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : null,
  }
}

/** The log of an active job as it grows. Belongs to one job and filter: another one begins with a component of its own. */
export function useFollowedLog(jobId: string, { level, step, q }: LogFilter): JobLog {
  const [tail, setTail] = useState(emptyTail)
  const [state, setState] = useState<JobLog['state']>('loading')
  useEffect(
    () =>
      followLog({
        open: openJobLog(jobId, { level, step, q }),
        onLines: (lines) => setTail((before) => appended(before, lines)),
        onState: setState,
      }),
    [jobId, level, step, q],
  )
  return { ...tail, followed: true, state, error: null, retry: () => undefined, more: null }
}

import { infiniteQueryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import { openEvents } from './open-events.ts'
import type { LogLine, LogQuery } from '@plumbline/api'

export type LogFilter = Pick<LogQuery, 'level' | 'step' | 'q'>

const pageSize = 200

const pathOf = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}/logs`

/** What an ended job logged, from its first line on. */
export const jobLog = (jobId: string, { level, step, q }: LogFilter) =>
  infiniteQueryOptions({
    queryKey: ['logs', jobId, { level, step, q }],
    ...cursorPages<LogLine>((cursor, signal) =>
      http.get(pathOf(jobId), { level, step, q, limit: pageSize, cursor }, signal),
    ),
  })

/** What an active job logs: all there is, then every line as it comes, at last the event `end`. */
export const openJobLog = (jobId: string, { level, step, q }: LogFilter) =>
  openEvents(pathOf(jobId), { level, step, q, follow: true })

/** All of it as text, whatever is filtered. */
export const downloadJobLog = (jobId: string): Promise<Response> => http.open(pathOf(jobId), { download: true })

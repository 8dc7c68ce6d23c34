import { http } from './backend.ts'
import type { JobQuery } from './job-calls.ts'

export type ExportFormat = 'csv' | 'ndjson'

/** Every job of a filter, streamed. */
export const openExport = (query: JobQuery, format: ExportFormat, signal: AbortSignal): Promise<Response> =>
  http.open('/jobs/export', { ...query, format }, signal)

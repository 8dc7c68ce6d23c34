import { http } from './backend.ts'
import type { JobQuery } from './job-calls.ts'
import type { ImportResult } from '@plumbline/api'

export type ExportFormat = 'csv' | 'ndjson'

/** Every job of a filter, streamed. */
export const openExport = (query: JobQuery, format: ExportFormat, signal: AbortSignal): Promise<Response> =>
  http.open('/jobs/export', { ...query, format }, signal)

/** Takes the NDJSON of an export back. */
export const importJobs = (file: Blob): Promise<ImportResult> =>
  http.upload('/jobs/import', file, 'application/x-ndjson')

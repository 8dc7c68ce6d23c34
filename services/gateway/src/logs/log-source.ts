import { readJobLog, type Database, type LogFilter, type LogLineRecord } from '@plumbline/store'

/** Which lines of which job. */
export interface LogSource {
  db: Database
  organizationId: string
  jobId: string
  filter: LogFilter
}

/** Read at once: the rest waits in the record, so memory stays the same however long a log is. */
const pageSize = 500

/** What is there of a log now, page by page, from the line after `after`. */
export async function* logPages(
  { db, organizationId, jobId, filter }: LogSource,
  order: 'asc' | 'desc',
  after?: number,
): AsyncGenerator<LogLineRecord[]> {
  for (let last = after; ;) {
    const lines = await readJobLog(db, organizationId, jobId, filter, { order, after: last, limit: pageSize })
    if (lines.length > 0) yield lines
    if (lines.length < pageSize) return
    last = lines.at(-1)?.id
  }
}

import type { Job } from '@plumbline/api'
import { archiveParts, listJobs, type Database, type JobFilter, type JobRow } from '@plumbline/store'
import { csvLine, type CsvCell } from '../http/csv-line.ts'
import { archiveView } from './archive-view.ts'
import { jobView, type ViewContext } from './job-view.ts'

export const exportFormats = ['ndjson', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Read at once; the whole filter passes through memory page by page. */
const pageSize = 1_000
/** Of the jobs whose lines are made at once: one job may have a warning for each of 100,000 tables. */
const maxWarnings = 10_000

/** Newest first, as text in pieces; keyset paging, so jobs that begin meanwhile neither shift nor repeat rows. */
export async function* exportJobs(
  db: Database,
  organizationId: string,
  filter: JobFilter,
  format: ExportFormat,
  context: ViewContext,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(Object.keys(csvColumns))
  let after: { key: number; id: string } | undefined
  do {
    const rows = await listJobs(db, organizationId, filter, {
      sort: 'createdAt',
      order: 'desc',
      limit: pageSize,
      ...(after && { after }),
    })
    if (format === 'csv') yield rows.map((row) => recordOf(jobView(row, context))).join('')
    else for (const group of byWarnings(rows)) yield await linesOf(db, group, context)
    const last = rows.length === pageSize ? rows.at(-1) : undefined
    after = last && { key: last.created_at.getTime(), id: last.id }
  } while (after)
}

/** The rows in pieces whose warnings fit into memory. */
function* byWarnings(rows: readonly JobRow[]): Generator<JobRow[]> {
  let piece: JobRow[] = []
  let warnings = 0
  for (const row of rows) {
    if (piece.length > 0 && warnings + row.warnings > maxWarnings) {
      yield piece
      piece = []
      warnings = 0
    }
    piece.push(row)
    warnings += row.warnings
  }
  if (piece.length > 0) yield piece
}

async function linesOf(db: Database, rows: readonly JobRow[], context: ViewContext): Promise<string> {
  const parts = await archiveParts(db, rows)
  return rows.map((row) => `${JSON.stringify(archiveView(row, parts, context))}\n`).join('')
}

const recordOf = (job: Job): string => csvLine(Object.values(csvColumns).map((cell) => cell(job)))

/** What a person looks for in a sheet; everything is in the NDJSON. */
const csvColumns: Record<string, (job: Job) => CsvCell> = {
  id: (job) => job.id,
  type: (job) => job.type,
  status: (job) => job.status,
  asset: (job) => job.asset.qualifiedName,
  connectionId: (job) => job.asset.connectionId,
  message: (job) => job.message,
  errorCode: (job) => job.error?.code ?? null,
  createdAt: (job) => job.createdAt,
  startedAt: (job) => job.startedAt,
  endedAt: (job) => job.endedAt,
  durationMs: (job) => job.durationMs,
  queuedMs: (job) => job.queuedMs,
  trigger: (job) => job.trigger.kind,
  actor: (job) => job.trigger.actor,
  attempt: (job) => job.attempt,
  rootJobId: (job) => job.rootJobId,
  parentJobId: (job) => job.parentJobId,
  resolvedByJobId: (job) => job.resolvedByJobId,
  warnings: (job) => job.warnings,
}

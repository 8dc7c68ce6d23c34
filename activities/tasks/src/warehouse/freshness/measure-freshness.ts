import type { Session } from '@plumbline/connectors'
import {
  countSelected,
  stageChecked,
  tableMemories,
  tablesToCheck,
  type JobLedger,
  type TableToCheck,
} from '@plumbline/store'
import { freshnessCheck, type MeasuredFreshness } from '@plumbline/workflows'
import type { StepContext } from '../../in-step.ts'
import { readCursor, writeCursor } from '../../page-cursor.ts'
import { sourceOf, withSession, type SourceDeps } from '../../source.ts'
import { levelOf, stopwatch } from '../../stopwatch.ts'
import { assembleFindings } from './assemble-findings.ts'
import { newestReader, type NewestReader } from './newest-reader.ts'

/** Tables that are observed by one catalog query. */
const pageSize = 1_000

/**
 * Finds the last update of each selected table: what the catalog counts for all of them at once, compared with the check before,
 * and the newest rows of those that changed, where that can be read without a scan. Page by page in the order of asset ids, resumed
 * where an earlier attempt stood. A table that cannot be read is a warning, and is told by its counters.
 */
export async function measureFreshness(
  deps: SourceDeps & { ledger: JobLedger },
  context: StepContext,
): Promise<MeasuredFreshness> {
  const { job, signal } = context
  const config = freshnessCheck.config.parse(job.config)
  const total = await countSelected(deps.db, job.jobId)
  if (total === 0) return { tables: 0, read: 0, failed: 0 }
  const source = await sourceOf(deps, job.connectionId, context.hide)
  return withSession(source, { jobId: job.jobId, signal }, async (session) => {
    const reader = newestReader(session, config, signal)
    const cursor = readCursor(context.resumeFrom)
    if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} tables`)
    for (;;) {
      const page = await tablesToCheck(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
      const last = page.at(-1)
      if (!last) break
      signal.throwIfAborted()
      cursor.skipped += await measurePage(deps, context, { session, reader, page })
      cursor.done += page.length
      cursor.after = last.assetId
      context.progress({ done: cursor.done, total })
      context.checkpoint(writeCursor(cursor))
    }
    if (reader.left() > 0) {
      const message = `Reading rows stopped after ${config.maxReadSeconds} s: ${reader.left()} tables are told by their counters`
      context.log('warn', message)
      await deps.ledger.addWarnings(context.lease, [{ code: 'read-budget', object: null, message }])
    }
    return { tables: cursor.done, read: reader.read(), failed: cursor.skipped }
  })
}

interface Page {
  session: Session
  reader: NewestReader
  page: TableToCheck[]
}

/** @returns how many tables could not be read, or are gone */
async function measurePage(
  deps: SourceDeps & { ledger: JobLedger },
  { job, lease, log }: StepContext,
  { session, reader, page }: Page,
): Promise<number> {
  const watch = stopwatch()
  const { moment, tables } = await session.observeTables({ externalIds: page.map(({ externalId }) => externalId) })
  const observedMs = watch.lap()
  const ids = tables.map(({ externalId }) => externalId)
  const memories = await tableMemories(deps.db, job.connectionId, ids)
  const reads = await reader.readNewest({ moment, tables, memories, page })
  const readMs = watch.lap()
  const { checked, warnings } = assembleFindings({ page, moment, tables, memories, reads })
  await stageChecked(deps.db, lease, moment.now, checked)
  await deps.ledger.addWarnings(lease, warnings)
  log(
    levelOf(observedMs + readMs),
    `Observed ${tables.length} tables in ${observedMs} ms, read newest rows in ${readMs} ms`,
    {
      tables: tables.length,
      observedMs,
      readMs,
    },
  )
  for (const { code, message } of warnings) log('warn', message, { code })
  return warnings.length
}

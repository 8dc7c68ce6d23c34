import type { Session } from '@plumbline/connectors'
import {
  countSelected,
  stageChecked,
  tableMemories,
  tablesToCheck,
  type CheckedTable,
  type JobLedger,
  type TableToCheck,
} from '@plumbline/store'
import { freshnessCheck, type JobWarning, type MeasuredFreshness } from '@plumbline/workflows'
import type { StepContext } from '../../in-step.ts'
import { readCursor, writeCursor } from '../../page-cursor.ts'
import { ownerOf, sourceOfStep, withSession, type SourceDeps } from '../../source.ts'
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
  const source = await sourceOfStep(deps, context)
  return withSession(source, ownerOf(deps.db, context), async (session) => {
    const reader = newestReader(session, config, signal)
    const cursor = readCursor(context.resumeFrom)
    if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} tables`)
    const pageAfter = (after: string | undefined) => tablesToCheck(deps.db, job.jobId, { after, limit: pageSize })
    let page = await pageAfter(cursor.after)
    let before: MeasuredPage | undefined
    do {
      signal.throwIfAborted()
      // The source is asked for one page while the record takes the one before and gives the next.
      const [measured, next] = await Promise.all([
        page.length > 0 ? measurePage(deps, context, { session, reader, page }) : undefined,
        page.length === pageSize ? pageAfter(page.at(-1)?.assetId) : [],
        before && keepPage(deps, context, before),
      ])
      page = next
      if (before) {
        cursor.skipped += before.warnings.length
        cursor.done += before.page.length
        cursor.after = before.page.at(-1)?.assetId
        context.progress({ done: cursor.done, total })
        context.checkpoint(writeCursor(cursor))
      }
      before = measured
    } while (before)
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

interface MeasuredPage {
  page: TableToCheck[]
  /** When the source was asked. */
  at: string
  checked: CheckedTable[]
  /** One for each table that could not be read, or is gone. */
  warnings: JobWarning[]
}

async function measurePage(
  { db }: SourceDeps,
  { job, log }: StepContext,
  { session, reader, page }: Page,
): Promise<MeasuredPage> {
  const watch = stopwatch()
  const [{ moment, tables }, known] = await Promise.all([
    session.observeTables(page),
    tableMemories(db, job.connectionId, externalIdsOf(page)),
  ])
  const observedMs = watch.lap()
  const memories = new Map([...known, ...(await tableMemories(db, job.connectionId, partitionsOf(page, tables)))])
  const reads = await reader.readNewest({ moment, tables, memories, page })
  const readMs = watch.lap()
  log(
    levelOf(observedMs + readMs),
    `Observed ${tables.length} tables in ${observedMs} ms, read newest rows in ${readMs} ms`,
    { tables: tables.length, observedMs, readMs },
  )
  return { page, at: moment.now, ...assembleFindings({ page, moment, tables, memories, reads }) }
}

interface Identified {
  externalId: string
}

const externalIdsOf = (tables: readonly Identified[]): string[] => tables.map(({ externalId }) => externalId)

/** What was observed beside the tables of a page: only the source knows which partitions they have. */
function partitionsOf(page: readonly Identified[], observed: readonly Identified[]): string[] {
  const asked = new Set(externalIdsOf(page))
  return externalIdsOf(observed).filter((id) => !asked.has(id))
}

/** Idempotent: a page that is kept again replaces itself. */
async function keepPage(
  { db, ledger }: SourceDeps & { ledger: JobLedger },
  { lease, log }: StepContext,
  { at, checked, warnings }: MeasuredPage,
): Promise<void> {
  await stageChecked(db, lease, at, checked)
  await ledger.addWarnings(lease, warnings)
  for (const { code, message } of warnings) log('warn', message, { code })
}

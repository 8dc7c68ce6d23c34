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
import { ownerOf, sourceOfStep, withSessions, type SourceDeps } from '../../source.ts'
import { levelOf, stopwatch } from '../../stopwatch.ts'
import { assembleFindings } from './assemble-findings.ts'
import { newestReader, type NewestReader } from './newest-reader.ts'

/** Tables that are observed and kept together. */
const pageSize = 1_000
/** Fewer are not worth another session. */
const leastForSession = 100

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
  const most = Math.min(source.connector.sessionsAtOnce, Math.ceil(total / leastForSession))
  return withSessions(source, ownerOf(deps.db, context), most, async (sessions) => {
    const readers = sessions.map((session) => ({ session, reader: newestReader(session, config, signal) }))
    const sum = (count: (reader: NewestReader) => number) => readers.reduce((all, { reader }) => all + count(reader), 0)
    const cursor = readCursor(context.resumeFrom)
    if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} tables`)
    const pageAfter = (after: string | undefined) => tablesToCheck(deps.db, job.jobId, { after, limit: pageSize })
    let page = await pageAfter(cursor.after)
    let before: MeasuredTables[] = []
    do {
      signal.throwIfAborted()
      // The source is asked for one page while the record takes the one before and gives the next.
      const [measured, next] = await Promise.all([
        measurePage(deps, context, readers, page),
        page.length === pageSize ? pageAfter(page.at(-1)?.assetId) : [],
        keepPage(deps, context, before),
      ])
      page = next
      for (const { tables, warnings } of before) {
        cursor.skipped += warnings.length
        cursor.done += tables.length
        cursor.after = tables.at(-1)?.assetId
        context.progress({ done: cursor.done, total })
        context.checkpoint(writeCursor(cursor))
      }
      before = measured
    } while (before.length > 0)
    const left = sum((reader) => reader.left())
    if (left > 0) {
      const message = `Reading rows stopped after ${config.maxReadSeconds} s: ${left} tables are told by their counters`
      context.log('warn', message)
      await deps.ledger.addWarnings(context.lease, [{ code: 'read-budget', object: null, message }])
    }
    return { tables: cursor.done, read: sum((reader) => reader.read()), failed: cursor.skipped }
  })
}

interface SessionReader {
  session: Session
  reader: NewestReader
}

interface MeasuredTables {
  tables: TableToCheck[]
  /** When the source was asked. */
  at: string
  checked: CheckedTable[]
  /** One for each table that could not be read, or is gone. */
  warnings: JobWarning[]
  /** Of no single table. */
  remarks: JobWarning[]
}

/** Each session takes its share of the page. All have come to rest when this fails: only then can they be closed. */
async function measurePage(
  deps: SourceDeps,
  context: StepContext,
  readers: readonly SessionReader[],
  page: TableToCheck[],
): Promise<MeasuredTables[]> {
  const share = Math.ceil(page.length / readers.length)
  const parts = await Promise.allSettled(
    readers.flatMap((reader, place) => {
      const tables = page.slice(place * share, (place + 1) * share)
      return tables.length > 0 ? [measureTables(deps, context, reader, tables)] : []
    }),
  )
  return parts.map((part) => {
    if (part.status === 'rejected') throw part.reason
    return part.value
  })
}

async function measureTables(
  { db }: SourceDeps,
  { job, log }: StepContext,
  { session, reader }: SessionReader,
  page: TableToCheck[],
): Promise<MeasuredTables> {
  const watch = stopwatch()
  const [{ moment, tables, warnings: remarks = [] }, known] = await Promise.all([
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
  return { tables: page, remarks, at: moment.now, ...assembleFindings({ page, moment, tables, memories, reads }) }
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
  parts: readonly MeasuredTables[],
): Promise<void> {
  for (const { at, checked, warnings, remarks } of parts) {
    const all = [...remarks, ...warnings]
    await stageChecked(db, lease, at, checked)
    await ledger.addWarnings(lease, all)
    for (const { code, message } of all) log('warn', message, { code })
  }
}

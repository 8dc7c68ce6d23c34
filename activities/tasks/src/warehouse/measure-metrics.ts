import type { RelationSize, Session } from '@plumbline/connectors'
import {
  countSelected,
  metricsOf,
  selectedRelations,
  writeMeasured,
  type JobLedger,
  type MeasuredTable,
  type SelectedRelation,
} from '@plumbline/store'
import { metricCapture, type JobWarning } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { openSession, sourceOf, type SourceDeps } from '../source.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { readCaptureCursor, writeCaptureCursor, type CaptureCursor } from './capture-cursor.ts'
import { measureTable, planOf, type CaptureConfig } from './measure-table.ts'
import { warningOf } from './table-warning.ts'

/** Tables between two checkpoints. */
const pageSize = 20

/**
 * Measures the selected tables one after the other, in the order of asset ids, resumed where an earlier attempt stood, until the
 * job's budget of bytes or time is used up. A table that cannot be measured is a warning.
 */
export async function measureMetrics(
  deps: SourceDeps & { ledger: JobLedger },
  context: StepContext,
): Promise<{ measured: number; failed: number; statements: number }> {
  const { job, lease, signal } = context
  const config = metricCapture.config.parse(job.config)
  const total = await countSelected(deps.db, job.jobId)
  const cursor = readCaptureCursor(context.resumeFrom)
  if (cursor.done < total) {
    const source = await sourceOf(deps, job.connectionId, context.hide)
    const session = await openSession(source, { jobId: job.jobId, signal })
    try {
      for (;;) {
        const page = await selectedRelations(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
        const last = page.at(-1)
        if (!last) break
        const { tables, warnings } = await measurePage(deps, context, { session, page, config, cursor, total })
        await writeMeasured(deps.db, lease, tables)
        await deps.ledger.addWarnings(lease, warnings)
        cursor.after = last.assetId
        context.checkpoint(writeCaptureCursor(cursor))
      }
    } finally {
      await session.close()
    }
  }
  await tellWhatIsLeft(deps, context, cursor, config)
  const { measured, failed, statements } = cursor
  context.log('info', `Measured ${measured} of ${total} tables by ${statements} statements`, { ...cursor })
  return { measured, failed: failed + cursor.left, statements }
}

interface Page {
  session: Session
  page: readonly SelectedRelation[]
  config: CaptureConfig
  cursor: CaptureCursor
  total: number
}

async function measurePage(
  { db }: SourceDeps,
  context: StepContext,
  { session, page, config, cursor, total }: Page,
): Promise<{ tables: MeasuredTable[]; warnings: JobWarning[] }> {
  const [sizes, definitions] = await Promise.all([
    sizesOf(session, page),
    metricsOf(
      db,
      page.map(({ assetId }) => assetId),
    ),
  ])
  const tables: MeasuredTable[] = []
  const warnings: JobWarning[] = []
  const watch = stopwatch()
  for (const relation of page) {
    context.signal.throwIfAborted()
    cursor.done++
    context.progress({ done: cursor.done, total })
    const size = sizes.get(relation.externalId) ?? gone(relation)
    if ('message' in size) {
      cursor.failed++
      warnings.push(size)
      context.log('warn', size.message, { code: size.code })
      continue
    }
    const plan = planOf(size, config)
    if (isUsedUp(cursor, plan.bytes, config)) {
      cursor.left++
      continue
    }
    const at = new Date().toISOString()
    const defined = definitions.get(relation.assetId) ?? []
    const result = await measureTable(session, { relation, size, plan, defined }, config)
    cursor.bytes += result.bytes
    cursor.statements += result.statements
    cursor[result.failed ? 'failed' : 'measured']++
    warnings.push(...result.warnings)
    if (result.values.length > 0) tables.push({ assetId: relation.assetId, metrics: { at, values: result.values } })
    const ms = watch.lap()
    if (!result.failed) context.log(levelOf(ms), `Measured ${relation.qualifiedName} in ${ms} ms`, { ms })
    for (const { code, message } of result.warnings) context.log('warn', message, { code, ms })
  }
  return { tables, warnings }
}

/**
 * All at once, as a rule. One that somebody has locked for themselves makes the statement wait until it gives up: then each is
 * asked for alone, and those that fail are warnings.
 */
async function sizesOf(
  session: Session,
  page: readonly SelectedRelation[],
): Promise<Map<string, RelationSize | JobWarning>> {
  try {
    const sizes = await session.relationSizes(page.map(({ externalId }) => externalId))
    return new Map(sizes.map((size) => [size.externalId, size]))
  } catch (error) {
    const [only, ...more] = page
    if (!only) return new Map()
    if (more.length === 0) return new Map([[only.externalId, warningOf(error, only.qualifiedName)]])
    // Whatever concerns the whole source is thrown here.
    warningOf(error, only.qualifiedName)
  }
  const found = new Map<string, RelationSize | JobWarning>()
  for (const relation of page) {
    for (const [id, size] of await sizesOf(session, [relation])) found.set(id, size)
  }
  return found
}

function gone({ qualifiedName }: SelectedRelation): JobWarning {
  return {
    code: 'table-gone',
    object: qualifiedName,
    message: `${qualifiedName} was not measured. It is not there any more`,
  }
}

const isUsedUp = (cursor: CaptureCursor, bytes: number, { maxBytes, maxMinutes }: CaptureConfig): boolean =>
  cursor.bytes + bytes > maxBytes || Date.now() - cursor.beganAt > maxMinutes * 60_000

/** One warning for all of them: with thousands nobody reads a list. */
async function tellWhatIsLeft(
  { ledger }: { ledger: JobLedger },
  { lease, log }: StepContext,
  { left, bytes }: CaptureCursor,
  { maxBytes, maxMinutes }: CaptureConfig,
): Promise<void> {
  if (left === 0) return
  const message = `${left} tables were not measured: the budget of the job (${maxBytes} bytes, ${maxMinutes} minutes) was used up after ${bytes} bytes`
  log('warn', message)
  await ledger.addWarnings(lease, [{ code: 'budget-used-up', object: null, message }])
}

import type { SqlDialect } from '@plumbline/analysis'
import type { RelationSize, Session } from '@plumbline/connectors'
import { connectionKind } from '@plumbline/connectors/kinds'
import {
  AssetGoneError,
  countSelected,
  metricsOf,
  selectedRelations,
  writeMeasured,
  writeOutcomes,
  type DefinedOutcome,
  type JobLedger,
  type MeasuredTable,
  type SelectedRelation,
} from '@plumbline/store'
import { metricCapture, type JobWarning } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { openSession, ownerOf, sourceOfStep, type SourceDeps } from '../source.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { readCaptureCursor, writeCaptureCursor, type CaptureCursor } from './capture-cursor.ts'
import { measureTable, planOf, type CaptureConfig, type TableResult } from './measure-table.ts'
import { failuresOf, outcomesOf, type Told } from './outcomes-of.ts'
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
  const { job, lease } = context
  const config = metricCapture.config.parse(job.config)
  const total = await countSelected(deps.db, job.jobId)
  const cursor = readCaptureCursor(context.resumeFrom)
  if (cursor.done < total) {
    const source = await sourceOfStep(deps, context)
    const session = await openSession(source, ownerOf(deps.db, context))
    try {
      for (;;) {
        const page = await selectedRelations(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
        const last = page.at(-1)
        if (!last) break
        const { tables, warnings, outcomes } = await measurePage(deps, context, {
          session,
          dialect: connectionKind(source.connector.kind).dialect,
          page,
          config,
          cursor,
          total,
        })
        await writeMeasured(deps.db, lease, tables)
        await writeOutcomes(deps.db, lease, outcomes)
        if (isGone(job, warnings)) throw new AssetGoneError(`${last.qualifiedName} is not in the source any more`)
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
  dialect: SqlDialect
  page: readonly SelectedRelation[]
  config: CaptureConfig
  cursor: CaptureCursor
  total: number
}

interface Found {
  tables: MeasuredTable[]
  warnings: JobWarning[]
  outcomes: DefinedOutcome[]
}

async function measurePage(
  { db }: SourceDeps,
  context: StepContext,
  { session, dialect, page, config, cursor, total }: Page,
): Promise<Found> {
  const ids = page.map(({ assetId }) => assetId)
  const [sizes, definitions] = await Promise.all([sizesOf(session, page), metricsOf(db, ids)])
  const found: Found = { tables: [], warnings: [], outcomes: [] }
  const watch = stopwatch()
  for (const relation of page) {
    context.signal.throwIfAborted()
    cursor.done++
    context.progress({ done: cursor.done, total })
    const measured = { at: new Date().toISOString(), jobId: context.job.jobId }
    const defined = definitions.get(relation.assetId) ?? []
    const tell = (told: Told) => found.outcomes.push(...outcomesOf(defined, told, measured))
    const size = sizes.get(relation.externalId) ?? gone(relation)
    if ('message' in size) {
      cursor.failed++
      found.warnings.push(size)
      tell({ values: [], failures: failuresOf(defined, size) })
      context.log('warn', size.message, { code: size.code })
      continue
    }
    const plan = planOf(size, config)
    if (isUsedUp(cursor, plan.bytes, config)) {
      cursor.left++
      tell({ values: [], failures: failuresOf(defined, leftOut(relation)) })
      continue
    }
    const result = await measureTable(session, { relation, size, plan, defined, dialect }, config)
    count(cursor, result)
    tell(result)
    found.warnings.push(...result.warnings)
    const { values } = result
    if (values.length > 0) found.tables.push({ assetId: relation.assetId, metrics: { at: measured.at, values } })
    const ms = watch.lap()
    if (!result.failed) context.log(levelOf(ms), `Measured ${relation.qualifiedName} in ${ms} ms`, { ms })
    for (const { code, message } of result.warnings) context.log('warn', message, { code, ms })
  }
  return found
}

function count(cursor: CaptureCursor, { bytes, statements, failed }: TableResult): void {
  cursor.bytes += bytes
  cursor.statements += statements
  cursor[failed ? 'failed' : 'measured']++
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
    const sizes = await session.relationSizes(page)
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

/** With nothing else to measure, a job on one table that is gone would look as if all was well. */
const isGone = ({ assetKind }: StepContext['job'], warnings: readonly JobWarning[]): boolean =>
  assetKind !== 'database' && assetKind !== 'schema' && warnings.some(({ code }) => code === goneCode)

const goneCode = 'table-gone'
function gone({ qualifiedName }: SelectedRelation): JobWarning {
  return {
    code: goneCode,
    object: qualifiedName,
    message: `${qualifiedName} was not measured. It is not there any more`,
  }
}

const leftOut = ({ qualifiedName }: SelectedRelation): JobWarning => ({
  code: 'budget-used-up',
  object: qualifiedName,
  message: `${qualifiedName} was not measured. The budget of the job was used up before`,
})

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

import { builtInOptions, judgePoint, type JudgeOptions } from '@plumbline/analysis'
import {
  countMeasured,
  measuredTables,
  metricHistory,
  metricsOf,
  writeMeasured,
  type Database,
  type JudgedValue,
  type MeasuredTable,
  type MeasuredValue,
  type SeriesHistory,
} from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { breathe } from './breathe.ts'

/** A table has up to a hundred series, each with up to two thousand points. */
const pageSize = 10
/** Series that are judged without a pause: each takes some milliseconds. */
const inOneGo = 25

/** Compares what was measured with what was to be expected, by the history of each series. */
export async function judgeMetrics(db: Database, context: StepContext): Promise<{ judged: number; anomalies: number }> {
  const { lease, signal } = context
  const total = await countMeasured(db, lease.jobId)
  const cursor = readCursor(context.resumeFrom)
  const counts = { judged: 0, anomalies: 0 }
  for (;;) {
    const page = await measuredTables(db, lease.jobId, { after: cursor.after, limit: pageSize })
    const last = page.at(-1)
    if (!last) break
    const ids = page.map(({ assetId }) => assetId)
    const [histories, definitions] = await Promise.all([metricHistory(db, ids, earliest(page)), metricsOf(db, ids)])
    const options = new Map([...definitions.values()].flat().map((one) => [one.id, { ...one, minDeviation: 0 }]))
    const judged: MeasuredTable<JudgedValue>[] = []
    for (const { assetId, metrics } of page) {
      const values = await judgeValues(metrics, { histories: histories.get(assetId), options, signal })
      judged.push({ assetId, metrics: { at: metrics.at, values } })
      counts.judged += values.filter(({ expected }) => expected !== null).length
      counts.anomalies += values.filter(({ anomaly }) => anomaly !== null).length
    }
    await writeMeasured(db, lease, judged)
    cursor.done += page.length
    cursor.after = last.assetId
    context.progress({ done: cursor.done, total })
    context.checkpoint(writeCursor(cursor))
  }
  context.log('info', `Judged ${counts.judged} values, ${counts.anomalies} of them are anomalies`, counts)
  return counts
}

const earliest = (page: readonly MeasuredTable[]): Date =>
  new Date(Math.min(...page.map(({ metrics }) => Date.parse(metrics.at))))

interface Known {
  histories: Map<string, SeriesHistory> | undefined
  options: ReadonlyMap<string, JudgeOptions>
  signal: AbortSignal
}

async function judgeValues(
  { at, values }: MeasuredTable['metrics'],
  { histories, options, signal }: Known,
): Promise<JudgedValue[]> {
  const judged: JudgedValue[] = []
  for (const [index, value] of values.entries()) {
    if (index % inOneGo === 0) await breathe(signal)
    const defined = value.definition && options.get(value.definition.id)
    judged.push(judgeOne(value, Date.parse(at), histories?.get(value.key), defined ?? builtInOptions(value.metric)))
  }
  return judged
}

function judgeOne(
  measured: MeasuredValue,
  at: number,
  history: SeriesHistory | undefined,
  options: JudgeOptions,
): JudgedValue {
  const { value } = measured
  if (value === null || !history) return { ...measured, expected: null, low: null, high: null, anomaly: null }
  const { expectation, anomaly } = judgePoint({ at: history.at, values: history.values }, { at, value }, options)
  const { expected, low, high } = expectation ?? { expected: null, low: null, high: null }
  return { ...measured, expected, low, high, anomaly }
}

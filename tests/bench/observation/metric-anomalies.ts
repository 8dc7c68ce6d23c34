import { judgePoint } from '@plumbline/analysis'
import type { Report } from '../report.ts'
import { judgedPoints, shapes, synthesize, type Shape, type SyntheticSeries } from './metric-series.ts'

const seriesPerShape = 3
/** As the store hands out: a year and a month, and no more than so many points. */
const history = { ms: 400 * 86_400_000, points: 2_200 }
const options = { direction: 'both', minPercent: 3, minDeviation: 1 } as const

interface Score {
  judged: number
  found: number
  missed: number
  falseAlarms: number
}

/** Precision and recall on series with anomalies, false alarms on series without; each point judged by those before it alone. */
export function benchMetricAnomalies(report: Report): void {
  const dirty = shapes.map((shape, index) => score(shape, 100 + index * 1_000, false))
  const clean = shapes.map((shape, index) => score(shape, 600 + index * 1_000, true))
  const [all, quiet] = [sum(dirty), sum(clean)]
  const precision = all.found / (all.found + all.falseAlarms)
  const recall = all.found / (all.found + all.missed)
  const each = (of: (index: number) => string) => shapes.map(({ name }, index) => `${name} ${of(index)}`).join('; ')
  report.add({
    name: 'precision of metric anomalies',
    figure: `${precision.toFixed(3)} (${all.falseAlarms} false alarms)`,
    target: '≥ 0.9',
    reference: each((index) => `${dirty[index]?.falseAlarms ?? 0}`),
    ok: precision >= 0.9,
  })
  report.add({
    name: 'recall of metric anomalies',
    figure: `${recall.toFixed(3)} (${all.found} of ${all.found + all.missed})`,
    target: '≥ 0.9',
    reference: each((index) => `${dirty[index]?.missed ?? 0} missed`),
    ok: recall >= 0.9,
  })
  const rate = (1_000 * quiet.falseAlarms) / quiet.judged
  report.add({
    name: 'false alarms in 1,000 points of clean series',
    figure: `${rate.toFixed(2)} (${quiet.falseAlarms} in ${quiet.judged})`,
    target: '≤ 1',
    reference: each((index) => `${clean[index]?.falseAlarms ?? 0}`),
    ok: rate <= 1,
  })
}

const sum = (scores: Score[]): Score => scores.reduce((all, one) => addTo({ ...all }, one), empty())
const empty = (): Score => ({ judged: 0, found: 0, missed: 0, falseAlarms: 0 })

function addTo(all: Score, one: Score): Score {
  all.judged += one.judged
  all.found += one.found
  all.missed += one.missed
  all.falseAlarms += one.falseAlarms
  return all
}

function score(shape: Shape, seed: number, clean: boolean): Score {
  const all = empty()
  for (let i = 0; i < seriesPerShape; i++)
    addTo(all, scoreOf(synthesize(shape, seed + i, { clean }), judgedPoints(shape)))
  return all
}

function scoreOf(series: SyntheticSeries, judged: number): Score {
  const all = empty()
  const { at, values, anomalies, aftermath } = series
  for (let index = at.length - judged; index < at.length; index++) {
    const now = at[index] ?? 0
    const begin = Math.max(
      index - history.points,
      at.findIndex((time) => time > now - history.ms),
    )
    const before = { at: at.slice(begin, index), values: values.slice(begin, index) }
    const { anomaly } = judgePoint(before, { at: now, value: values[index] ?? 0 }, options)
    if (aftermath.has(index)) continue
    all.judged++
    if (anomalies.has(index)) all[anomaly === null ? 'missed' : 'found']++
    else if (anomaly !== null) all.falseAlarms++
  }
  return all
}

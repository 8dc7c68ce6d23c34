import type { Report } from '../report.ts'
import { answer } from './answer.ts'
import type { LabelledColumn } from './cases.ts'
import { isRight } from './score.ts'

/** The mean distance of what is said from what is so, bin by bin, weighted by how many are in it (expected calibration error). */
const mostOff = 0.05
/** From this confidence on; the next one ends the bin. */
const bins = [0.5, 0.7, 0.9, 0.96, 0.985]

interface Said {
  confidence: number
  right: number
}

/** Whether nine in ten are right where it says 0.9: of the kinds that are said of columns with their values, and by names alone. */
export function addReliability(report: Report, cases: readonly LabelledColumn[]): void {
  for (const [how, namesOnly] of [
    ['with values', false],
    ['by names only', true],
  ] as const) {
    const said = cases.flatMap((labelled): Said[] => {
      const { pii, confidence } = answer(labelled, namesOnly)
      return confidence === undefined ? [] : [{ confidence, right: isRight(labelled.expected, pii) ? 1 : 0 }]
    })
    const rows = bins.map((from, index) => {
      const within = said.filter(({ confidence }) => confidence >= from && confidence < (bins[index + 1] ?? Infinity))
      return {
        count: within.length,
        confidence: mean(within.map((one) => one.confidence)),
        right: mean(within.map((one) => one.right)),
      }
    })
    const filled = rows.filter(({ count }) => count > 0)
    const off =
      filled.reduce((sum, { count, confidence, right }) => sum + count * Math.abs(confidence - right), 0) / said.length
    const brier = mean(said.map(({ confidence, right }) => (confidence - right) ** 2))
    const table = filled.map(
      ({ count, confidence, right }) => `${confidence.toFixed(2)} said ${right.toFixed(2)} right of ${count}`,
    )
    report.add({
      name: `calibration error of confidence ${how}`,
      figure: off.toFixed(3),
      target: `≤ ${mostOff}`,
      reference: [`Brier score ${brier.toFixed(3)}`, ...table].join(', '),
      ok: off <= mostOff,
    })
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

import type { Interval } from './intervals.ts'

const dayMs = 86_400_000
/** Both sides of a change hold a whole week: else every weekend would be one. */
const minSpanMs = 7 * dayMs
const minIntervals = 5
/** Less than this factor between the usual intervals is variation. */
const minFactor = 1.8
/** How much of the variance of the (logarithms of the) intervals the change must explain. */
const minExplained = 0.5

/**
 * Where the way a table is updated changed last (as from every hour to once a day), the intervals since; else all. One split in
 * two by least squares over the logarithms, then again in what follows it.
 */
export function lastRegime(intervals: readonly Interval[]): readonly Interval[] {
  const split = bestSplit(intervals)
  return split === undefined ? intervals : lastRegime(intervals.slice(split))
}

function bestSplit(intervals: readonly Interval[]): number | undefined {
  const first = intervals[0]
  const last = intervals.at(-1)
  if (!first || !last) return undefined
  const sums = prefixSums(intervals.map(({ ms }) => Math.log(ms)))
  const whole = squaresOf(sums, 0, intervals.length)
  let best: { split: number; left: number } | undefined
  for (const [split, { from }] of intervals.entries()) {
    if (split < minIntervals || split > intervals.length - minIntervals) continue
    if (from - first.from < minSpanMs || last.from - from < minSpanMs) continue
    const left = squaresOf(sums, 0, split) + squaresOf(sums, split, intervals.length)
    const apart = Math.abs(meanOf(sums, 0, split) - meanOf(sums, split, intervals.length))
    if (apart < Math.log(minFactor) || left > whole * (1 - minExplained)) continue
    if (!best || left < best.left) best = { split, left }
  }
  return best?.split
}

interface Sums {
  values: number[]
  squares: number[]
}

function prefixSums(values: readonly number[]): Sums {
  const sums: Sums = { values: [0], squares: [0] }
  for (const value of values) {
    sums.values.push((sums.values.at(-1) ?? 0) + value)
    sums.squares.push((sums.squares.at(-1) ?? 0) + value * value)
  }
  return sums
}

const rangeOf = (sums: readonly number[], from: number, to: number): number => (sums[to] ?? 0) - (sums[from] ?? 0)
const meanOf = ({ values }: Sums, from: number, to: number): number => rangeOf(values, from, to) / (to - from)

/** Sum of the squared distances from the mean. */
function squaresOf(sums: Sums, from: number, to: number): number {
  return rangeOf(sums.squares, from, to) - rangeOf(sums.values, from, to) ** 2 / (to - from)
}

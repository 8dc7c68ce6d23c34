import { median } from 'simple-statistics'
import type { Series } from './series.ts'

/** The level is the median of so many points before, carried on by their trend: it follows a shift after half of them. */
const levelPoints = 14
/** The trend is the median of how much the level rises over `trendLag` points, among the last `trendPoints`. A shift is in at most a fifth of these differences. */
const trendPoints = 50
const trendLag = 10
/** With fewer points a trend is mostly noise. */
export const minTrendPoints = 20

/** What the points before the one at `index` let expect there, at the time `at`. */
export function expectedLevel({ at: times, values }: Series, index: number, at: number): number {
  const first = Math.max(0, index - levelPoints)
  const slope = trendBefore({ at: times, values }, index)
  const carried: number[] = []
  for (let i = first; i < index; i++) carried.push((values[i] ?? 0) + slope * (at - (times[i] ?? 0)))
  return median(carried)
}

/** A millisecond. */
function trendBefore({ at, values }: Series, index: number): number {
  if (index < minTrendPoints) return 0
  const slopes: number[] = []
  for (let i = Math.max(0, index - trendPoints); i + trendLag < index; i++) {
    const [from, to] = [i, i + trendLag]
    slopes.push(((values[to] ?? 0) - (values[from] ?? 0)) / ((at[to] ?? 0) - (at[from] ?? 0)))
  }
  return median(slopes)
}

import { quantileSorted } from 'simple-statistics'

/** A baseline is the last so many good runs, and says nothing with fewer than the other. */
export const baselineRuns = 30
export const minBaselineRuns = 10
/** What is longer by less than this is never called slow: of short jobs it is the machine's mood. */
export const leastSlowdownMs = 5_000

/** In standard deviations of the logarithm, for durations scatter by factors; the 95th percentile of a normal one lies at the other. */
const noiseReach = 4
const p95Reach = 1.645

/** How long a job of a type on an asset usually takes; milliseconds. */
export interface UsualDuration {
  /** How many good runs it was taken from. */
  runs: number
  p50Ms: number
  p95Ms: number
  /** A run that takes longer than this is slow. */
  limitMs: number
  /** What noise alone may come to: one slow run below it says little. */
  noiseMs: number
}

/**
 * The baseline of the durations of good runs, oldest first; `undefined` while there are too few. A run is slow above three times
 * the median and one and a half times the 95th percentile, so that neither a narrow nor a wide spread raises it.
 */
export function usualDuration(durationsMs: readonly number[]): UsualDuration | undefined {
  const last = durationsMs.slice(-baselineRuns)
  if (last.length < minBaselineRuns) return undefined
  const sorted = last.toSorted((a, b) => a - b)
  const p50Ms = quantileSorted(sorted, 0.5)
  const p95Ms = quantileSorted(sorted, 0.95)
  const limitMs = Math.max(3 * p50Ms, 1.5 * p95Ms, p50Ms + leastSlowdownMs)
  return { runs: last.length, p50Ms, p95Ms, limitMs, noiseMs: noiseOf(p50Ms, p95Ms) }
}

const noiseOf = (p50Ms: number, p95Ms: number): number =>
  p50Ms === 0 ? p95Ms : p50Ms * (p95Ms / p50Ms) ** (noiseReach / p95Reach)

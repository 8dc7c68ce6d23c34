import { baselineRuns, minBaselineRuns, usualDuration, type UsualDuration } from './usual-duration.ts'

/** A job that completed. */
export interface GoodRun {
  id: string
  durationMs: number
}

/** The run with which a job became slow, and what had been usual before it. */
export interface DurationRegression {
  run: GoodRun
  usual: UsualDuration
  /** The good run before it. */
  before: GoodRun
}

/**
 * Where the runs of one type on one asset, oldest first, became slow. A run of slow runs is found once, with its first. It is over
 * with a run that takes no longer than usual; or after as many slow ones as make a baseline, which then are what is usual.
 */
export function findRegressions(runs: readonly GoodRun[]): DurationRegression[] {
  const found: DurationRegression[] = []
  let good: GoodRun[] = []
  let slow: GoodRun[] = []
  for (const run of runs) {
    const usual = usualDuration(durationsOf(good))
    const before = good.at(-1)
    if (!usual || !before || run.durationMs <= usual.limitMs) {
      good = [...good.slice(1 - baselineRuns), run]
      slow = []
      continue
    }
    if (slow.length === 0) found.push({ run, usual, before })
    slow.push(run)
    if (slow.length === minBaselineRuns) {
      good = slow
      slow = []
    }
  }
  return found
}

const durationsOf = (runs: readonly GoodRun[]): number[] => runs.map(({ durationMs }) => durationMs)

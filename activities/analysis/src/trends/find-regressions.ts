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
  /** The run that left no doubt of it: itself, or the next slow one. */
  surelySlow: GoodRun
}

/** Runs that are longer than usual together. */
interface Stretch {
  usual: UsualDuration
  before: GoodRun
  runs: GoodRun[]
}

/**
 * Where the runs of one type on one asset, oldest first, became slow. A stretch of slow runs is found once, with its first. It is
 * over with a run that takes no longer than nearly all did before; or after as many runs as make a baseline, which then are what is
 * usual. A slow run that noise explains becomes one when another follows in its stretch.
 */
export function findRegressions(runs: readonly GoodRun[]): DurationRegression[] {
  const found: DurationRegression[] = []
  let good: GoodRun[] = []
  let stretch: Stretch | undefined
  for (const run of runs) {
    stretch ??= beginsWith(run, good)
    if (!stretch) {
      good = [...good.slice(1 - baselineRuns), run]
      continue
    }
    const { usual, runs: longer } = stretch
    const wasFound = regressionIn(stretch) !== undefined
    if (run.durationMs <= usual.p95Ms) {
      good = [...good, ...longer.filter((one) => !wasFound || !isSlow(one, usual)), run]
      stretch = undefined
      continue
    }
    stretch.runs.push(run)
    const regression = regressionIn(stretch)
    if (regression && !wasFound) found.push(regression)
    if (stretch.runs.length < minBaselineRuns) continue
    good = regression ? stretch.runs : [...good, ...stretch.runs]
    stretch = undefined
  }
  return found
}

/** The stretch that a run begins; none when it is as long as the good runs before it, or those are too few. */
function beginsWith(run: GoodRun, good: readonly GoodRun[]): Stretch | undefined {
  const usual = usualDuration(good.map(({ durationMs }) => durationMs))
  const before = good.at(-1)
  return usual && before && isSlow(run, usual) ? { usual, before, runs: [] } : undefined
}

const isSlow = ({ durationMs }: GoodRun, { limitMs }: UsualDuration): boolean => durationMs > limitMs

function regressionIn(stretch: Stretch): DurationRegression | undefined {
  const { usual, before, runs } = stretch
  const slow = (run: GoodRun | undefined) => run !== undefined && isSlow(run, usual)
  const surelySlow = runs.find((run, at) => slow(run) && (run.durationMs > usual.noiseMs || slow(runs[at - 1])))
  const [run] = runs
  return run && surelySlow && { run, usual, before, surelySlow }
}

import type { OpenTime } from './open-time.ts'

/** An update in the history of a table; `after` is known where only a span of time is. In milliseconds since 1970. */
export interface UpdatePoint {
  at: number
  after: number | null
}

/** The time between two updates that follow each other. */
export interface Interval {
  from: number
  /** When the update before was, as the clock on the wall showed. */
  wallFrom: number
  /** Time that counts: by the wall, without what the calendar closes. */
  ms: number
}

/** An update that is known this many times less exactly than usual ended a time in which nobody looked. */
const blindFactor = 3
const minuteMs = 60_000

/**
 * The intervals of a history, oldest first. Where the checks paused, the update seen after it tells nothing of how long the table
 * had none, and the interval is left out.
 */
export function intervalsOf(points: readonly UpdatePoint[], time: OpenTime): Interval[] {
  const usual = Math.max(minuteMs, usualSpanOf(points))
  return points.flatMap((point, index) => {
    const before = points[index - 1]
    if (!before || spanOf(point) > blindFactor * usual) return []
    return [{ from: before.at, wallFrom: time.wallOf(before.at), ms: Math.max(1, time.between(before.at, point.at)) }]
  })
}

/** How exactly updates are known: the time between two checks, where only counters tell; 0 where they are exact. */
export const usualSpanOf = (points: readonly UpdatePoint[]): number => medianOf(points.map(spanOf))

const spanOf = ({ at, after }: UpdatePoint): number => (after === null ? 0 : at - after)

export function medianOf(values: readonly number[]): number {
  return quantileOf(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

/** Of values in ascending order, between which it interpolates; 0 without any. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? 0
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place - Math.floor(place))
}

import type { LearningProgress, MaintenanceCalendar, Sensitivity } from '@plumbline/workflows'
import { intervalsOf, medianOf, quantileOf, usualSpanOf, type Interval, type UpdatePoint } from './intervals.ts'
import { lastRegime } from './last-regime.ts'
import { openTimeOf, type OpenTime } from './open-time.ts'

/** What is due after an update. */
export interface Due {
  /** The usual time to the next, which counts as `OpenTime` does. In milliseconds. */
  intervalMs: number
  expectedBy: number
  staleAt: number
}

export type Rhythm =
  | { kind: 'learning'; progress: LearningProgress }
  | { kind: 'learned'; dueAfter(update: number): Due | undefined }

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/**
 * How far beyond the usual an interval is an alarm: a number of deviations above the median, and never within what was seen in
 * this share of all cases.
 */
const limits: Record<Sensitivity, { deviations: number; seenShare: number }> = {
  low: { deviations: 6, seenShare: 1 },
  medium: { deviations: 4, seenShare: 0.99 },
  high: { deviations: 2, seenShare: 0.9 },
}
/** The median absolute deviation times this is the standard deviation, for normally distributed values. */
const madToDeviation = 1.4826
/** Intervals that vary less than this share of themselves are taken to vary so much, within bounds. */
const leastVariation = 0.05
const leastVariationMs = { from: 5 * 60_000, to: 2 * 3_600_000 }
/** An hour of the week with an update in half of the weeks is one in which an update is expected. */
const expectedShare = 0.5
const bucketSize = 3

/**
 * Learns from a history when the next update is due: from the intervals that followed updates in the same hour of the week, and
 * from the hours of the week in which updates come, whichever is later. So a table that is loaded on working days is not missed
 * at the weekend, and an update beside the usual hours does not make the next one due earlier.
 *
 * Only what came after the last change of the rhythm counts, and it must be enough: a week for what is updated several times a
 * day, two for what is not.
 */
export function learnRhythm(
  points: readonly UpdatePoint[],
  options: { calendar: MaintenanceCalendar; sensitivity: Sensitivity },
): Rhythm {
  const time = openTimeOf(options.calendar)
  const intervals = lastRegime(intervalsOf(points, time))
  const progress = progressOf(intervals, points)
  if (progress.intervals < progress.intervalsNeeded || progress.spanMs < progress.spanMsNeeded)
    return { kind: 'learning', progress }
  const limitAt = limitsByHour(intervals, options.sensitivity)
  const slots = expectedSlots(intervals, points, time)
  // An update that comes right after a check is seen by the next one only.
  const unseenMs = usualSpanOf(points)
  return {
    kind: 'learned',
    dueAfter(update) {
      const wall = time.wallOf(update)
      const own = limitAt(wall)
      const wait = waitForSlot(slots, wall)
      const intervalMs = Math.max(own.usualMs, wait === undefined ? 0 : wait.fromMs)
      const limitMs = Math.max(own.limitMs, wait === undefined ? 0 : wait.toMs) + unseenMs
      const expectedBy = time.after(update, intervalMs)
      const staleAt = time.after(update, limitMs)
      return expectedBy === undefined || staleAt === undefined ? undefined : { intervalMs, expectedBy, staleAt }
    },
  }
}

function progressOf(intervals: readonly Interval[], points: readonly UpdatePoint[]): LearningProgress {
  const median = medianOf(intervals.map(({ ms }) => ms))
  const [first] = intervals
  const end = points.at(-1)?.at ?? 0
  return {
    intervals: intervals.length,
    intervalsNeeded: median >= 5 * dayMs ? 5 : 8,
    spanMs: first ? end - first.from : 0,
    spanMsNeeded: median >= 12 * hourMs ? 2 * weekMs : weekMs,
  }
}

interface Limit {
  usualMs: number
  limitMs: number
}

function limitOf(intervals: readonly Interval[], sensitivity: Sensitivity): Limit {
  const { deviations, seenShare } = limits[sensitivity]
  const sorted = intervals.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const usualMs = quantileOf(sorted, 0.5)
  const mad = medianOf(sorted.map((ms) => Math.abs(ms - usualMs)))
  const least = Math.min(Math.max(leastVariation * usualMs, leastVariationMs.from), leastVariationMs.to)
  const deviation = Math.max(madToDeviation * mad, least)
  const limitMs = Math.max(usualMs + deviations * deviation, quantileOf(sorted, seenShare) + deviation)
  return { usualMs, limitMs }
}

/**
 * What holds after an update in an hour of the week. Of an hour that was seen too seldom, what was seen is allowed beside what
 * holds for its weekday; of such a weekday beside what holds for all.
 */
function limitsByHour(intervals: readonly Interval[], sensitivity: Sensitivity): (wall: number) => Limit {
  const bySlot = Map.groupBy(intervals, ({ wallFrom }) => slotOf(wallFrom))
  const byWeekday = Map.groupBy(intervals, ({ wallFrom }) => weekdayOf(wallFrom))
  const all = limitOf(intervals, sensitivity)
  const within = (bucket: readonly Interval[] = [], around: Limit): Limit => {
    if (bucket.length === 0) return around
    const own = limitOf(bucket, sensitivity)
    if (bucket.length >= bucketSize) return own
    return { usualMs: own.usualMs, limitMs: Math.max(own.limitMs, around.limitMs) }
  }
  return (wall) => within(bySlot.get(slotOf(wall)), within(byWeekday.get(weekdayOf(wall)), all))
}

/** The hour of the week that a wall time lies in, from Thursday on as 1970 began. */
const slotOf = (wall: number): number => Math.floor((wall % weekMs) / hourMs)
const weekdayOf = (wall: number): number => Math.floor((wall % weekMs) / dayMs)

function expectedSlots(intervals: readonly Interval[], points: readonly UpdatePoint[], time: OpenTime): Set<number> {
  const [first] = intervals
  const end = points.at(-1)?.at
  if (!first || end === undefined) return new Set()
  const weeks = Math.max(1, (time.wallOf(end) - first.wallFrom) / weekMs)
  const seen = new Map<number, Set<number>>()
  for (const { at } of points) {
    if (at < first.from) continue
    const wall = time.wallOf(at)
    const slot = slotOf(wall)
    seen.set(slot, (seen.get(slot) ?? new Set()).add(Math.floor(wall / weekMs)))
  }
  const expected = [...seen].filter(([, inWeeks]) => inWeeks.size >= expectedShare * weeks)
  return new Set(expected.map(([slot]) => slot))
}

/** From a wall time to the beginning and the end of the next hour in which an update is expected. */
function waitForSlot(slots: ReadonlySet<number>, wall: number): { fromMs: number; toMs: number } | undefined {
  const hour = Math.floor(wall / hourMs) * hourMs
  for (let next = hour + hourMs; next <= hour + weekMs; next += hourMs) {
    if (slots.has(slotOf(next))) return { fromMs: next - wall, toMs: next + hourMs - wall }
  }
  return undefined
}

import { mean, median, medianSorted } from 'simple-statistics'
import { dayMs, type Series } from './series.ts'

/** Which points are alike by the calendar: those for which it gives the same. */
type Bucket = (date: Date) => number

const hourOf: Bucket = (date) => date.getUTCHours()
const weekdayOf: Bucket = (date) => date.getUTCDay()
const hourOfWeek: Bucket = (date) => date.getUTCDay() * 24 + date.getUTCHours()
export const dayOfMonth: Bucket = (date) => date.getUTCDate()
/** 0 is the last day of the month. */
export const daysToMonthEnd: Bucket = (date) =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate()

/** Within a week or a day, and within a month; of each the one that explains most is used, or none. */
const families: readonly (readonly Bucket[])[] = [
  [weekdayOf, hourOf, hourOfWeek],
  [dayOfMonth, daysToMonthEnd],
]

/** Points that a bucket needs before it tells anything. */
const minBucket = 3
/** A profile is used when it leaves at most so much of the deviation unexplained: with few points in a bucket less is chance. */
const explained = 0.8
/** Deviations that do not count in that comparison, the largest: anomalies are among them. */
const trimmed = 0.1
/** The level that seasons are seen against is the median of so many days around. */
const levelDays = { short: 7, long: 31 }

/** What the calendar adds to the level, by time. */
export type Profile = (at: number) => number

/**
 * The seasonal part of a series: how far it lies above or below the level around it at an hour, a weekday, or a day of the
 * month, as the median of its bucket. Each candidate is tried on points that it did not see (the median of the others), so that
 * a pattern which is none is not found. `for_` is the time that the profile is wanted for: its bucket must be known.
 */
export function seasonalProfile(series: Series, for_: number): Profile {
  const span = (series.at.at(-1) ?? 0) - (series.at[0] ?? 0)
  const days = span > 1.5 * levelDays.long * dayMs ? levelDays.long : levelDays.short
  let rest = deviations(series, (days * dayMs) / 2)
  const profiles: Profile[] = []
  for (const candidates of families) {
    const best = candidates
      .map((bucket) => tried(series.at, rest, bucket, for_))
      .filter((one) => one !== undefined)
      .sort((a, b) => a.left - b.left)[0]
    if (!best || best.left > explained * trimmedDeviation(rest)) continue
    profiles.push(best.profile)
    rest = rest.map((value, index) => value - best.profile(series.at[index] ?? 0))
  }
  return (at) => profiles.reduce((sum, profile) => sum + profile(at), 0)
}

function tried(
  at: readonly number[],
  rest: readonly number[],
  bucket: Bucket,
  for_: number,
): { profile: Profile; left: number } | undefined {
  const buckets = new Map<number, number[]>()
  const keys = at.map((time) => bucket(new Date(time)))
  for (const [index, key] of keys.entries()) {
    const known = buckets.get(key)
    if (known) known.push(rest[index] ?? 0)
    else buckets.set(key, [rest[index] ?? 0])
  }
  if (buckets.size < 2 || (buckets.get(bucket(new Date(for_)))?.length ?? 0) < minBucket) return undefined
  const medians = new Map([...buckets].map(([key, values]) => [key, medianWithout(values)]))
  const left = rest.map((value, index) => value - (medians.get(keys[index] ?? 0)?.without(value) ?? 0))
  const profile: Profile = (time) => medians.get(bucket(new Date(time)))?.all ?? 0
  return { profile, left: trimmedDeviation(left) }
}

/** The median of some values, and of those that remain when one of them is taken out; too few of them tell nothing. */
function medianWithout(values: number[]): { all: number; without: (value: number) => number } {
  const { length } = values
  if (length < minBucket) return { all: 0, without: () => 0 }
  const sorted = [...Float64Array.from(values).sort()]
  const at = (index: number): number => sorted[index] ?? 0
  const half = Math.floor((length - 1) / 2)
  return {
    all: medianSorted(sorted),
    without(value) {
      // What is taken out below the middle moves the middle up by one.
      const skip = (index: number): number => (at(index) >= value ? at(index + 1) : at(index))
      return length % 2 === 0 ? skip(half) : (skip(half - 1) + skip(half)) / 2
    },
  }
}

function trimmedDeviation(values: readonly number[]): number {
  const sorted = Float64Array.from(values, Math.abs).sort()
  return mean([...sorted.subarray(0, Math.max(1, Math.ceil(sorted.length * (1 - trimmed))))])
}

/** The level is taken anew after this part of the time around: it moves slowly. */
const levelStep = 1 / 16

/** How far each point lies from the median of those around it. */
function deviations({ at, values }: Series, halfMs: number): number[] {
  let [first, last, level, until] = [0, 0, 0, -Infinity]
  return at.map((time, index) => {
    if (time > until) {
      until = time + halfMs * levelStep
      while ((at[first] ?? 0) < time - halfMs) first++
      while (last < at.length && (at[last] ?? 0) <= time + halfMs) last++
      level = median(values.slice(first, last))
    }
    return (values[index] ?? 0) - level
  })
}

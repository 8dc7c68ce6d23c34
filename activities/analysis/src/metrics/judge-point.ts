import type { AnomalySide, MetricDirection } from '@plumbline/workflows'
import { mean, median, medianAbsoluteDeviation, quantile } from 'simple-statistics'
import { expectedLevel, minTrendPoints } from './local-level.ts'
import { dayOfMonth, daysToMonthEnd, seasonalProfile } from './seasonal-profile.ts'
import { dayMs, type Series } from './series.ts'

/** What is expected at a time; null where history says too little. */
export interface Expectation {
  expected: number
  low: number
  high: number
}

export interface JudgeOptions {
  direction: MetricDirection
  /** A deviation below so many percent of what is expected is no anomaly. */
  minPercent: number
  /** Nor is one below this, in the metric's own unit. */
  minDeviation: number
}

export interface PointJudgement {
  expectation: Expectation | null
  anomaly: AnomalySide | null
}

/** Points that are needed before anything is judged. */
export const minHistory = 10
/** Of these, whose errors tell how well a point can be foretold. */
const errorPoints = 120
/** The first points have too little before them to be foretold: a level, and where there are three times as many a trend. */
const warmUp = 5
/** Turns a median of absolute deviations into a standard deviation, for normal errors. */
const madToSigma = 1.4826
/** The same for a mean of them, where more than half are zero. */
const meanToSigma = 1.2533
/**
 * How far off is an anomaly: standard deviations, or times the error that nine of ten points stay within (1.64 standard
 * deviations of normal errors), which grows with their tails: both are exceeded by less than one in a thousand points of a normal
 * and a double exponential distribution.
 */
const sigmas = 4.8
const ninthTenths = 3.1
/** Both are uncertain where there are few errors. */
const widening = (errors: number): number => 1 + 6 / errors

/**
 * Whether a value is what the history before it lets expect: a level that follows slowly, a trend, and what the calendar adds
 * (hour, weekday, day of the month, the same day a year ago), each by medians, so that earlier anomalies hardly count.
 */
export function judgePoint(
  history: Series,
  point: { at: number; value: number },
  options: JudgeOptions,
): PointJudgement {
  const expectation = expectationAt(history, point.at, options)
  return { expectation, anomaly: expectation && sideOf(point.value, expectation, options.direction) }
}

function sideOf(value: number, { low, high }: Expectation, direction: MetricDirection): AnomalySide | null {
  if (value > high && direction !== 'down') return 'high'
  return value < low && direction !== 'up' ? 'low' : null
}

export function expectationAt(history: Series, at: number, options: JudgeOptions): Expectation | null {
  if (history.at.length < minHistory) return null
  const size = Math.max(...history.values.map(Math.abs))
  if (size < computable) return expectationOf(history, at, options)
  const values = history.values.map((value) => value / size)
  const scaled = expectationOf({ at: history.at, values }, at, {
    ...options,
    minDeviation: options.minDeviation / size,
  })
  const whole = (part: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, part * size))
  return { expected: whole(scaled.expected), low: whole(scaled.low), high: whole(scaled.high) }
}

/** Sums and squares of larger values go beyond the largest number there is: of those, shares of the largest are compared. */
const computable = 1e100

function expectationOf(history: Series, at: number, { minPercent, minDeviation }: JudgeOptions): Expectation {
  const { scale, errors, foretell, errorAt } = bestForecast(history, at)
  const bias = median(errors)
  const off = errors.map((error) => error - bias)
  const recurring = recurringAt(history.at, at, { errorAt: (i) => errorAt(i) - bias, sigma: sigmaOf(off) })
  const middle = foretell(history.at.length, at) + bias + recurring.shift
  const reach = Math.max(reachOf(off), recurring.width)
  const expected = scale.from(middle)
  const least = Math.max((Math.abs(expected) * minPercent) / 100, minDeviation)
  return {
    expected,
    low: Math.min(scale.from(middle - reach + Math.min(0, recurring.yearAgo)), expected - least),
    high: Math.max(scale.from(middle + reach + Math.max(0, recurring.yearAgo)), expected + least),
  }
}

/** How a series goes on, in one of the scales that it may be seen in. */
interface Forecast {
  scale: Scale
  /** What the first `index` points let expect at a time. */
  foretell: (index: number, at: number) => number
  /** How far the point at `index` was off what those before it let expect. */
  errorAt: (index: number) => number
  /** Those of the newest points. */
  errors: number[]
}

function forecastIn(history: Series, at: number, scale: Scale): Forecast {
  const values = history.values.map(scale.to)
  const season = seasonalProfile({ at: history.at, values }, at)
  const level = { at: history.at, values: values.map((value, i) => value - season(history.at[i] ?? 0)) }
  const foretell = (index: number, time: number): number => expectedLevel(level, index, time) + season(time)
  const errorAt = (i: number): number => (values[i] ?? 0) - foretell(i, history.at[i] ?? 0)
  const errors: number[] = []
  const first = Math.max(
    warmUp,
    values.length - errorPoints,
    Math.min(1.25 * minTrendPoints, Math.floor(values.length / 3)),
  )
  for (let i = first; i < values.length; i++) errors.push(errorAt(i))
  return { scale, foretell, errorAt, errors }
}

/**
 * Amounts may differ by factors (a quiet day has a share of a busy one, whatever the level) or by differences (a table grows by
 * as many rows each day): the scale in which the newest points were foretold better is the one.
 */
function bestForecast(history: Series, at: number): Forecast {
  const plain = forecastIn(history, at, asTheyAre)
  const scale = logarithmOf(history.values)
  if (!scale) return plain
  const logarithmic = forecastIn(history, at, scale)
  const newest = history.values.slice(-plain.errors.length)
  const missedBy = ({ errors, scale: { from, to } }: Forecast): number =>
    median(newest.map((value, i) => Math.abs(value - from(to(value) - (errors[i] ?? 0)))))
  return missedBy(logarithmic) < missedBy(plain) ? logarithmic : plain
}

/** What values are compared in. */
interface Scale {
  to: (value: number) => number
  from: (scaled: number) => number
}

const asTheyAre: Scale = { to: (value) => value, from: (scaled) => scaled }

/**
 * For values that are well above zero, and so far apart that factors and differences are not the same. What is zero all the same,
 * as it is when a load fails, counts as next to nothing.
 */
function logarithmOf(values: readonly number[]): Scale | undefined {
  const [few = 0, middle = 0, many = 0] = quantile([...values], [0.05, 0.5, 0.95])
  if (few <= middle * wellAboveZero || few <= 0 || many < few * farApart) return undefined
  const least = few * nextToNothing
  return { to: (value) => Math.log(Math.max(value, least)), from: Math.exp }
}

const wellAboveZero = 0.02
const farApart = 1.3
const nextToNothing = 0.001

function sigmaOf(off: number[]): number {
  return madToSigma * medianAbsoluteDeviation(off) || meanToSigma * mean(off.map(Math.abs))
}

function reachOf(off: number[]): number {
  const sigma = sigmaOf(off)
  const sizes = off.map(Math.abs)
  const usual = sizes.filter((size) => size <= gross * sigma)
  const counted = usual.length >= sizes.length * (1 - fewGross) ? usual : sizes
  return widening(off.length) * Math.max(sigmas * sigma, ninthTenths * quantile(counted, 0.9))
}

/** Anomalies of before, beyond so many standard deviations, tell nothing of the usual errors as long as they are so few. */
const gross = 10
const fewGross = 1 / 8

interface Recurring {
  /** What this day of the month adds, every month. */
  shift: number
  /** How far it is off, itself. */
  width: number
  /** What this day brought a year ago, which may come again, or not. */
  yearAgo: number
}

/** A deviation is worth remembering from so many standard deviations on. */
const remembered = 3
/** Months in which it came. */
const minMonths = 3
const mostMonths = 12
/** A holiday is not the same every year. */
const yearAgoSlack = 1.5

/**
 * What the seasons above do not show, because it is on few days: the first of the month, a holiday. Days of months count from
 * the beginning and from the end. Of points that are closer than a day, those at the same hour; a daily one may be early or late.
 */
function recurringAt(
  times: readonly number[],
  at: number,
  errors: { errorAt: (index: number) => number; sigma: number },
): Recurring {
  const now = new Date(at)
  const isDaily = (at - (times[0] ?? at)) / times.length > dayMs / 2
  const sameHour = times
    .map((time, index) => ({ date: new Date(time), index }))
    .filter(({ date, index }) => index >= warmUp && (isDaily || date.getUTCHours() === now.getUTCHours()))
  const monthly = [dayOfMonth, daysToMonthEnd]
    .map((bucket) =>
      oneAMonth(sameHour.filter(({ date }) => bucket(date) === bucket(now) && isEarlierMonth(date, now))),
    )
    .map((days) =>
      monthlyShift(
        days.map(({ index }) => errors.errorAt(index)),
        errors.sigma,
      ),
    )
    .sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift))[0]
  const { shift = 0, width = 0 } = monthly ?? {}
  const yearAgo = sameHour
    .filter(({ date }) => date.getUTCFullYear() < now.getUTCFullYear())
    .filter(({ date }) => date.getUTCMonth() === now.getUTCMonth() && date.getUTCDate() === now.getUTCDate())
    .map(({ index }) => errors.errorAt(index))
    .filter((error) => Math.abs(error) > remembered * errors.sigma && shift === 0)
  return { shift, width, yearAgo: yearAgoSlack * (yearAgo[0] ?? 0) }
}

const monthOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth()

/** What comes again today has not come this month: points of the same day say nothing of it. */
const isEarlierMonth = (date: Date, now: Date): boolean => monthOf(date) < monthOf(now)

/** The newest of each month, of the last months. */
function oneAMonth<T extends { date: Date }>(points: readonly T[]): T[] {
  return [...new Map(points.map((point) => [monthOf(point.date), point])).values()].slice(-mostMonths)
}

function monthlyShift(off: number[], sigma: number): { shift: number; width: number } {
  const none = { shift: 0, width: 0 }
  if (off.length < minMonths) return none
  const shift = median(off)
  const alike = off.filter((error) => error * shift > 0 && Math.abs(error) > remembered * sigma).length
  if (alike < Math.max(minMonths, 0.7 * off.length)) return none
  return { shift, width: widening(off.length) * sigmas * madToSigma * medianAbsoluteDeviation(off) }
}

import type { MetricPoint, MetricSeries } from '@plumbline/api'
import type { MeasureMethod, MetricName, NoDataReason } from '@plumbline/workflows'

const names: Record<MetricName, string> = {
  row_count: 'Rows',
  null_share: 'Share of nulls',
  distinct_count: 'Different values',
  min: 'Minimum',
  max: 'Maximum',
  earliest: 'Earliest',
  latest: 'Latest',
  mean: 'Mean',
  stddev: 'Standard deviation',
  p25: '25 % are below',
  p50: 'Median',
  p75: '75 % are below',
  p95: '95 % are below',
  min_length: 'Shortest',
  max_length: 'Longest',
  mean_length: 'Mean length',
  sql: 'Query',
  duplicates: 'Duplicates',
}

export const methodTexts: Record<MeasureMethod, string> = {
  exact: 'counted exactly',
  sampled: 'from a sample of the rows',
  estimate: 'estimated from the size of the table',
  statistics: 'as the database estimated it when it last analyzed the table',
}

export const noDataTexts: Record<NoDataReason, string> = {
  no_rows: 'there were no rows to measure',
  all_null: 'every value is null',
  not_finite: 'no value is a number: all are NaN, infinite or null',
  one_value: 'it takes two values at least, and there is one',
  sampled: 'it cannot be told from a sample',
  too_large: 'it is too large to be told',
}

/** What a series is called: the metric, or the name that a person gave it, with its group. */
export function seriesTitle({ metric, definition, group }: MetricSeries): string {
  const name = definition?.name ?? names[metric]
  return group === null ? name : `${name}: ${group}`
}

/** A value of a metric as a person reads it. */
export function valueText(metric: MetricName, value: number): string {
  if (metric === 'null_share') return `${number(value * 100, 2)} %`
  if (metric === 'earliest' || metric === 'latest') return timeText(value * 1000)
  return number(value, 3)
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 })

/** A value beside the axis of a chart, where there is little room. */
export function tickText(metric: MetricName, value: number): string {
  if (metric === 'earliest' || metric === 'latest') return timeText(value * 1000).replace(/ .*/, '')
  if (metric === 'null_share') return `${short.format(value * 100)} %`
  return isWritable(value, 6) ? short.format(value) : value.toExponential(2)
}

/** The first and the last time of a chart: days, and within one day the time too. In UTC, as all times of metrics. */
export function axisTimes(from: number, to: number): readonly [string, string] {
  const [first, last] = [day.format(from), day.format(to)]
  if (first !== last) return [first, last]
  return [`${first}, ${clock.format(from)}`, to > from ? clock.format(to) : '']
}

const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })

/** Beyond the times that JavaScript knows there are some that Postgres does. */
function timeText(time: number): string {
  if (Math.abs(time) > 8.64e15) return number(time / 1000, 0)
  // Dates have no time of day; of a time at midnight nothing is lost.
  return new Date(time)
    .toISOString()
    .replace(/T00:00:00\.000Z$|:\d\d\.\d{3}Z$/, '')
    .replace('T', ' ')
}

function number(value: number, digits: number): string {
  return isWritable(value, digits)
    ? value.toLocaleString('en', { maximumFractionDigits: digits })
    : value.toExponential(2)
}

/** Whether a number is short without an exponent, with so many digits behind its point. */
const isWritable = (value: number, digits: number): boolean =>
  value === 0 || (Math.abs(value) < 1e15 && Math.abs(value) >= 10 ** -digits)

/** What a point says, in a sentence. */
export function pointText(metric: MetricName, point: MetricPoint): string {
  const value =
    point.value === null
      ? `no data, ${noDataTexts[point.noData ?? 'no_rows']}`
      : `${valueText(metric, point.value)}, ${methodTexts[point.method]}`
  const expected =
    point.low === null || point.high === null
      ? 'nothing expected yet'
      : `expected ${valueText(metric, point.low)} to ${valueText(metric, point.high)}`
  return [value, expected, ...(point.knownBad ? [`known bad, says ${point.knownBadBy ?? 'somebody'}`] : [])].join('; ')
}

import { trendBuckets, type TrendBucket } from '@plumbline/api'
import { invalidField } from '../http/problem.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The least each lasts: an hour of a day on which clocks change is one, a month may be February. */
const lengthsMs: Record<TrendBucket, number> = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 28 * dayMs }
/** What a chart still shows one by one. */
const mostBuckets = 400
/** Where nobody says: as many as are read at a glance. */
const easyBuckets = 62
const defaultMs = 30 * dayMs

/** The time that is asked for and how it is cut. @throws ProblemError `invalid-input` */
export function trendTimes(
  query: { from?: Date | undefined; to?: Date | undefined; bucket?: TrendBucket | undefined },
  now: Date,
): { from: Date; to: Date; bucket: TrendBucket } {
  const { to = now } = query
  const { from = new Date(to.getTime() - defaultMs) } = query
  if (from >= to) throw invalidField('from', 'must be before `to`')
  const lastsMs = to.getTime() - from.getTime()
  const fits = (bucket: TrendBucket, most: number) => lastsMs / lengthsMs[bucket] <= most
  const bucket = query.bucket ?? trendBuckets.find((one) => fits(one, easyBuckets)) ?? 'month'
  if (fits(bucket, mostBuckets)) return { from, to, bucket }
  const wider = trendBuckets.find((one) => fits(one, mostBuckets))
  const instead = wider === undefined ? 'ask for a shorter time' : `ask for a shorter time, or for ${wider}`
  throw query.bucket === undefined
    ? invalidField('from', `is too long ago: ${instead}`)
    : invalidField('bucket', `at most ${mostBuckets} fit into an answer: ${instead}`)
}

import { durationText } from '../text/duration.ts'
import type { JobTrends, TrendBucket } from '@plumbline/api'

export type Bucket = JobTrends['buckets'][number]

const forms: Record<TrendBucket, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric' },
  week: { month: 'short', day: 'numeric' },
  month: { month: 'short', year: 'numeric' },
}

/** A bucket by its beginning, short enough for an axis. */
export const bucketName = (start: string, bucket: TrendBucket, timezone: string): string =>
  new Date(start).toLocaleString('en', { ...forms[bucket], timeZone: timezone })

/** The same in full, for a tooltip or a table. */
export function bucketTitle(start: string, bucket: TrendBucket, timezone: string): string {
  const day = { year: 'numeric', month: 'short', day: 'numeric', timeZone: timezone } as const
  const form = bucket === 'hour' ? ({ ...day, ...forms.hour } as const) : day
  const text = new Date(start).toLocaleString('en', form)
  return bucket === 'week' ? `Week of ${text}` : text
}

export const activeOf = ({ counts }: Pick<Bucket, 'counts'>): number => counts.pending + counts.running

/** Whole percents, but never 100 % where one failed or 0 % where one did not. */
export function rateText(rate: number | null): string {
  if (rate === null) return '–'
  const percent = rate * 100
  const rounded = Math.round(percent)
  return (rounded === 100 && rate < 1) || (rounded === 0 && rate > 0) ? `${percent.toFixed(1)} %` : `${rounded} %`
}

export const msText = (ms: number | null): string => (ms === null ? '–' : durationText(ms))

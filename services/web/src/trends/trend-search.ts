import { jobTypes, type JobType } from '@plumbline/workflows'
import { oneOf, textOf } from '../search-params.ts'
import type { QueryValue } from '../api/http.ts'

const dayMs = 86_400_000

/** How far back the page looks. */
export const trendRanges = {
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
  '1y': 365 * dayMs,
} as const
export type TrendRange = keyof typeof trendRanges
export const trendRangeNames = ['24h', '7d', '30d', '90d', '1y'] as const satisfies TrendRange[]
export const trendRangeLabels: Record<TrendRange, string> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '1y': '1 year',
}
export const defaultTrendRange = '30d' satisfies TrendRange

/** The page of trends as its address holds it; what is undefined is at its default. */
export interface TrendSearch {
  type?: JobType | undefined
  assetId?: string | undefined
  connectionId?: string | undefined
  range?: TrendRange | undefined
  /** The numbers instead of the charts. */
  numbers?: 'shown' | undefined
}

export const parseTrendSearch = (raw: Record<string, unknown>): TrendSearch => ({
  type: oneOf(raw, 'type', jobTypes),
  assetId: textOf(raw, 'assetId'),
  connectionId: textOf(raw, 'connectionId'),
  range: oneOf(raw, 'range', trendRangeNames),
  numbers: oneOf(raw, 'numbers', ['shown']),
})

/**
 * The API's query. Times are to the minute, so that the same page asks for the same within one: `nowMs` is what it reaches back from.
 */
export function trendQuery(search: TrendSearch, nowMs: number, timezone: string): Record<string, QueryValue> {
  const { type, assetId, connectionId, range = defaultTrendRange } = search
  const to = Math.ceil(nowMs / 60_000) * 60_000
  const from = new Date(to - trendRanges[range]).toISOString()
  return { type, assetId, connectionId, from, to: new Date(to).toISOString(), timezone }
}

import { oneOf, textOf } from '../search-params.ts'
import type { QueryValue } from '../api/http.ts'

/** The page of schedules as its address holds it. */
export interface SchedulesSearch {
  /** Schedules of this asset and of what lies below it. */
  assetId?: string | undefined
  connectionId?: string | undefined
  /** The editor lies over the list, so that other pages can link to it. */
  add?: 'open' | undefined
}

export const parseSchedulesSearch = (raw: Record<string, unknown>): SchedulesSearch => ({
  assetId: textOf(raw, 'assetId'),
  connectionId: textOf(raw, 'connectionId'),
  add: oneOf(raw, 'add', ['open']),
})

/** The API's filter. */
export const schedulesQuery = ({ assetId, connectionId }: SchedulesSearch): Record<string, QueryValue> => ({
  assetId,
  connectionId,
})

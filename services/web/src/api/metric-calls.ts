import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { assetKeys } from './asset-calls.ts'
import { http } from './backend.ts'
import { allItems, cursorPages } from './cursor-pages.ts'
import type {
  CreateMetric,
  MarkPoints,
  Metric,
  MetricSeries,
  MetricSpecInput,
  MetricTrial,
  SavedMetric,
  UpdateMetric,
} from '@plumbline/api'

/** Below those of assets: a job that ends refreshes them. */
export const metricKeys = { all: [...assetKeys.all, 'metrics'] } as const

const pathOf = (metricId: string): string => `/metrics/${encodeURIComponent(metricId)}`
const assetPath = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}/metrics`
const dayMs = 86_400_000

export interface SeriesQuery {
  days: number
  /** Only what is unusual now. */
  anomalous?: boolean
  /** Left out: of whole tables and of columns. */
  of?: 'table'
}

const seriesAtOnce = 60

/** The series of an asset and all below it, with their points of the last days; what matters most first. */
export const metricSeries = (assetId: string, { days, anomalous = false, of }: SeriesQuery) =>
  infiniteQueryOptions({
    queryKey: [...metricKeys.all, 'series', assetId, days, anomalous, of],
    ...cursorPages<MetricSeries>((cursor, signal) => {
      const from = new Date(Date.now() - days * dayMs).toISOString()
      const filter = { from, of, anomalous: String(anomalous), sort: 'attention' }
      return http.get(assetPath(assetId), { ...filter, limit: seriesAtOnce, cursor }, signal)
    }),
  })

/** What people defined on a table. */
export const definedMetrics = (assetId: string) =>
  queryOptions({
    queryKey: [...metricKeys.all, 'defined', assetId],
    queryFn: async ({ signal }): Promise<Metric[]> =>
      (await allItems<Metric>((cursor) => http.get('/metrics', { assetId, limit: 200, cursor }, signal))).items,
  })

export const createMetric = (input: CreateMetric): Promise<SavedMetric> => http.post('/metrics', input)

export const updateMetric = (metricId: string, input: UpdateMetric): Promise<SavedMetric> =>
  http.patch(pathOf(metricId), input)

export const deleteMetric = (metricId: string): Promise<void> => http.delete(pathOf(metricId))

export const tryMetric = (input: { assetId: string; spec: MetricSpecInput }): Promise<MetricTrial> =>
  http.post('/metrics/dry-run', input)

export const markPoints = (assetId: string, input: MarkPoints): Promise<{ points: number }> =>
  http.patch(`${assetPath(assetId)}/points`, input)

import {
  zMarkedPoints,
  zMarkPoints,
  zMetricSeriesPage,
  zMetricSeriesQuery,
  type MetricPoint,
  type MetricSeries,
} from '@plumbline/api'
import {
  listMetricSeries,
  markKnownBad,
  metricPoints,
  type MetricPointRecord,
  type MetricSeriesRecord,
} from '@plumbline/store'
import { z } from 'zod'
import { assetRef } from '../assets/asset-view.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const zSeriesKey = z.tuple([z.int32(), z.string(), z.string(), z.int()])
const schemaOf = tagged('Metrics')

const dayMs = 86_400_000
const shownDays = 30
/** Of one series in one answer. */
const mostPoints = 2_000

/** What was measured of an asset and all below it. */
export function metricSeriesRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    showSeries(app, deps)
    markPoints(app, deps)
  }
}

function showSeries(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/assets/:id/metrics',
    {
      schema: schemaOf('Metrics of an asset, with their points', {
        params: idParams,
        querystring: zMetricSeriesQuery,
        response: { 200: zMetricSeriesPage },
      }),
    },
    async (request) => {
      const { limit, cursor, from, to, anomalous, ...filter } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const query = { ...filter, anomalous, asset: asset.id }
      const after = decodeCursor(cursor, query, zSeriesKey)
      const rows = await listMetricSeries(db, organizationOf(request), asset, {
        ...filter,
        anomalous: anomalous === 'true',
        after: after && { rank: after[0], qualifiedName: after[1], place: after[2], id: after[3] },
        limit: limit + 1,
      })
      const shown = rows.slice(0, limit).map(({ id }) => id)
      const until = to === undefined ? new Date() : new Date(to)
      const points = await metricPoints(db, shown, {
        from: from === undefined ? new Date(until.getTime() - shownDays * dayMs) : new Date(from),
        to: until,
        limit: mostPoints,
      })
      return pageOf(
        rows,
        limit,
        (row) => seriesView(row, points.get(row.id) ?? []),
        ({ rank, qualifiedName, place, id }) => encodeCursor(query, [rank, qualifiedName, place, id]),
      )
    },
  )
}

function markPoints(app: App, deps: Deps): void {
  app.patch(
    '/assets/:id/metrics/points',
    {
      schema: schemaOf('Say of points that they are known to be wrong, or that they are not', {
        params: idParams,
        body: zMarkPoints,
        response: { 200: zMarkedPoints },
      }),
    },
    async (request) => {
      const { seriesId, at, knownBad } = request.body
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const series = Number(seriesId)
      const points = Number.isSafeInteger(series)
        ? await markKnownBad(deps.db, actorOf(request), asset.id, {
            seriesId: series,
            at: at.map((one) => new Date(one)),
            knownBad,
          })
        : 0
      if (points === 0) throw notFound('point of a metric', seriesId)
      return { points }
    },
  )
}

const seriesView = (series: MetricSeriesRecord, points: MetricPointRecord[]): MetricSeries => ({
  id: String(series.id),
  asset: assetRef(series.asset),
  metric: series.metric,
  column: series.column,
  group: series.group,
  definition: series.definition,
  points: points.map(pointView),
})

const pointView = (point: MetricPointRecord): MetricPoint => ({
  at: point.at.toISOString(),
  value: point.value,
  noData: point.noData,
  method: point.method,
  expected: point.expected,
  low: point.low,
  high: point.high,
  anomaly: point.anomaly,
  knownBad: point.knownBadBy !== null,
  knownBadBy: point.knownBadBy,
  jobId: point.jobId,
})

import {
  zCreateMetric,
  zMetric,
  zMetricListQuery,
  zMetricPage,
  zMetricTrial,
  zSavedMetric,
  zTryMetric,
  zUpdateMetric,
} from '@plumbline/api'
import { findMetric, listMetrics } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import { changeMetric, defineMetric, removeMetric } from '../metrics/manage-metrics.ts'
import { metricView, savedView } from '../metrics/metric-view.ts'
import { tryMetric } from '../metrics/try-metric.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.string(), z.uuid()])
const schemaOf = tagged('Metrics')
const admin = { config: { role: 'admin' } } as const

/** The metrics that people define. Whoever may change a connection may have queries run on it, and nobody else. */
export function metricRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    readMetrics(app, deps)
    changeMetrics(app, deps)
  }
}

function readMetrics(app: App, { db }: Deps): void {
  app.get(
    '/metrics',
    { schema: schemaOf('List metrics', { querystring: zMetricListQuery, response: { 200: zMetricPage } }) },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const after = decodeCursor(cursor, list, zCursorKey)
      const rows = await listMetrics(db, organizationOf(request), {
        ...list,
        after: after && { name: after[0], id: after[1] },
        limit: limit + 1,
      })
      return pageOf(rows, limit, metricView, (row) => encodeCursor(list, [row.name, row.id]))
    },
  )

  app.get(
    '/metrics/:id',
    { schema: schemaOf('Show a metric', { params: idParams, response: { 200: zMetric } }) },
    async (request) => {
      const metric = await findMetric(db, organizationOf(request), request.params.id)
      if (!metric) throw notFound('metric', request.params.id)
      return metricView(metric)
    },
  )
}

function changeMetrics(app: App, deps: Deps): void {
  app.post(
    '/metrics',
    { ...admin, schema: schemaOf('Define a metric', { body: zCreateMetric, response: { 201: zSavedMetric } }) },
    async (request, reply) => reply.code(201).send(savedView(await defineMetric(deps, actorOf(request), request.body))),
  )

  app.post(
    '/metrics/dry-run',
    { ...admin, schema: schemaOf('Try a metric', { body: zTryMetric, response: { 200: zMetricTrial } }) },
    async (request) => tryMetric(deps, actorOf(request), request.body),
  )

  app.patch(
    '/metrics/:id',
    {
      ...admin,
      schema: schemaOf('Change a metric', { params: idParams, body: zUpdateMetric, response: { 200: zSavedMetric } }),
    },
    async (request) => savedView(await changeMetric(deps, actorOf(request), request.params.id, request.body)),
  )

  app.delete(
    '/metrics/:id',
    { ...admin, schema: schemaOf('Delete a metric', { params: idParams, response: { 204: z.null() } }) },
    async (request, reply) => {
      await removeMetric(deps.db, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

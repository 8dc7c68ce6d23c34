import {
  zBackTest,
  zBackTestQuery,
  zExpectation,
  zFreshness,
  zFreshnessHistory,
  zFreshnessHistoryQuery,
  zFreshnessListQuery,
  zTableFreshnessPage,
} from '@plumbline/api'
import { listFreshness } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { tableFreshnessView } from '../freshness/freshness-view.ts'
import { backTestOf, changeExpectation, freshnessOf, historyOf } from '../freshness/manage-freshness.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Freshness')
const zTableKey = z.tuple([z.int(), z.string(), z.uuid()])

/** When tables were updated last, whether that is late, and what is expected of them. */
export function freshnessRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    readFreshness(app, deps)
    lookBack(app, deps)
    changeExpectations(app, deps)
  }
}

function readFreshness(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/assets/:id/freshness',
    {
      schema: schemaOf('Show the freshness of an asset', { params: idParams, response: { 200: zFreshness } }),
    },
    async (request) => {
      const organizationId = organizationOf(request)
      return freshnessOf(db, organizationId, await existingAsset(deps, organizationId, request.params.id))
    },
  )

  app.get(
    '/assets/:id/freshness/tables',
    {
      schema: schemaOf('List the checked tables below an asset, the worst first', {
        params: idParams,
        querystring: zFreshnessListQuery,
        response: { 200: zTableFreshnessPage },
      }),
    },
    async (request) => {
      const { limit, cursor, state } = request.query
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      const of = { asset: asset.id, state }
      const after = decodeCursor(cursor, of, zTableKey)
      const rows = await listFreshness(db, organizationId, asset, {
        states: state,
        after: after && { rank: after[0], qualifiedName: after[1], id: after[2] },
        limit: limit + 1,
      })
      const now = new Date()
      return pageOf(
        rows,
        limit,
        (row) => tableFreshnessView(row, now),
        (row) => encodeCursor(of, [row.rank, row.asset.qualifiedName, row.asset.id]),
      )
    },
  )
}

function lookBack(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/assets/:id/freshness/history',
    {
      schema: schemaOf('Updates of a table, and the states it was in', {
        params: idParams,
        querystring: zFreshnessHistoryQuery,
        response: { 200: zFreshnessHistory },
      }),
    },
    async (request) => {
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      return historyOf(db, organizationId, asset, request.query)
    },
  )

  app.get(
    '/assets/:id/freshness/back-test',
    {
      schema: schemaOf('Which alarms an expectation would have raised', {
        params: idParams,
        querystring: zBackTestQuery,
        response: { 200: zBackTest },
      }),
    },
    async (request) => {
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      const { learned, ...wish } = request.query
      return backTestOf(db, organizationId, asset, { ...wish, learned: learned === 'true' })
    },
  )
}

function changeExpectations(app: App, deps: Deps): void {
  const { db } = deps
  app.put(
    '/assets/:id/freshness/expectation',
    {
      schema: schemaOf('Say how often updates are expected', {
        params: idParams,
        body: zExpectation,
        response: { 200: zFreshness },
      }),
    },
    async (request) => {
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      return changeExpectation(db, actorOf(request), asset, request.body)
    },
  )

  app.delete(
    '/assets/:id/freshness/expectation',
    {
      schema: schemaOf('Take back what is expected: it is learned, or that of the schema or database holds', {
        params: idParams,
        response: { 200: zFreshness },
      }),
    },
    async (request) => {
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      return changeExpectation(db, actorOf(request), asset, null)
    },
  )
}

import {
  zAcceptBaseline,
  zComparison,
  zComparisonQuery,
  zSchemaChangePage,
  zSchemaChangeQuery,
  zSnapshot,
  zSnapshotPage,
  zSnapshotQuery,
} from '@plumbline/api'
import { acceptBaseline, findSnapshot, listSchemaChanges, listSnapshots } from '@plumbline/store'
import { z } from 'zod'
import { chosenOrNewest, compareSnapshots } from '../assets/compare-snapshots.ts'
import { changeView, snapshotView } from '../assets/snapshot-view.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Assets')
const zChangeKey = z.tuple([z.int()])
const zSnapshotKey = z.tuple([z.iso.datetime(), z.uuid()])

/** How a schema came to be what it is: changes one by one, and snapshots to compare. */
export function schemaHistoryRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    listChanges(app, deps)
    showSnapshots(app, deps)
    acceptSnapshots(app, deps)
  }
}

function listChanges(app: App, deps: Deps): void {
  app.get(
    '/assets/:id/schema-changes',
    {
      schema: schemaOf('Schema changes, newest first', {
        params: idParams,
        querystring: zSchemaChangeQuery,
        response: { 200: zSchemaChangePage },
      }),
    },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const of = { ...list, asset: asset.id }
      const rows = await listSchemaChanges(deps.db, organizationOf(request), asset, {
        jobId: list.jobId,
        since: list.since === undefined ? undefined : new Date(list.since),
        breaking: list.breaking,
        after: decodeCursor(cursor, of, zChangeKey)?.[0],
        limit: limit + 1,
      })
      return pageOf(rows, limit, changeView, (row) => encodeCursor(of, [row.id]))
    },
  )
}

function showSnapshots(app: App, deps: Deps): void {
  app.get(
    '/assets/:id/snapshots',
    {
      schema: schemaOf('Snapshots of the database it lies in, newest first', {
        params: idParams,
        querystring: zSnapshotQuery,
        response: { 200: zSnapshotPage },
      }),
    },
    async (request) => {
      const { limit, cursor } = request.query
      const organizationId = organizationOf(request)
      const { connectionId } = await existingAsset(deps, organizationId, request.params.id)
      const of = { snapshots: connectionId }
      const after = decodeCursor(cursor, of, zSnapshotKey)
      const rows = await listSnapshots(deps.db, organizationId, connectionId, {
        after: after && { takenAt: new Date(after[0]), jobId: after[1] },
        limit: limit + 1,
      })
      return pageOf(rows, limit, snapshotView, (row) => encodeCursor(of, [row.takenAt.toISOString(), row.jobId]))
    },
  )

  app.get(
    '/assets/:id/schema-comparison',
    {
      schema: schemaOf('What is different between two snapshots', {
        params: idParams,
        querystring: zComparisonQuery,
        response: { 200: zComparison },
      }),
    },
    async (request) => {
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      return compareSnapshots(deps, organizationId, asset, request.query)
    },
  )
}

function acceptSnapshots(app: App, deps: Deps): void {
  const { db } = deps
  app.post(
    '/assets/:id/baseline',
    {
      schema: schemaOf('Accept a snapshot as the baseline that later ones are compared with', {
        params: idParams,
        body: zAcceptBaseline.nullish(),
        response: { 200: zSnapshot },
      }),
    },
    async (request) => {
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      const { jobId } = await chosenOrNewest(deps, organizationId, asset, request.body?.jobId)
      const database = { id: asset.databaseId, connectionId: asset.connectionId }
      const outcome = await acceptBaseline(db, actorOf(request), database, jobId)
      const accepted = await findSnapshot(db, organizationId, asset.connectionId, jobId)
      if (outcome === 'not-found' || !accepted) throw notFound('snapshot of the job', jobId)
      return snapshotView(accepted)
    },
  )
}

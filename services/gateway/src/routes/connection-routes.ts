import {
  zConnection,
  zConnectionListQuery,
  zConnectionPage,
  zConnectionTest,
  zCreateConnection,
  zUpdateConnection,
  type Connection,
} from '@plumbline/api'
import { findConnection, listConnections, type ConnectionRecord } from '@plumbline/store'
import { z } from 'zod'
import { createNewConnection, changeConnection, removeConnection } from '../connections/manage-connections.ts'
import { testConnection } from '../connections/test-connection.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.string(), z.uuid()])
const schemaOf = tagged('Connections')
const admin = { config: { role: 'admin' } } as const

export function connectionRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    readConnections(app, deps)
    changeConnections(app, deps)
  }
}

function readConnections(app: App, deps: Deps): void {
  app.get(
    '/connections',
    {
      schema: schemaOf('List connections', { querystring: zConnectionListQuery, response: { 200: zConnectionPage } }),
    },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const after = decodeCursor(cursor, list, zCursorKey)
      const rows = await listConnections(deps.db, organizationOf(request), {
        after: after && { name: after[0], id: after[1] },
        limit: limit + 1,
      })
      return pageOf(rows, limit, connectionView, (row) => encodeCursor(list, [row.name, row.id]))
    },
  )

  app.get(
    '/connections/:id',
    { schema: schemaOf('Show a connection', { params: idParams, response: { 200: zConnection } }) },
    async (request) => {
      const connection = await findConnection(deps.db, organizationOf(request), request.params.id)
      if (!connection) throw notFound('connection', request.params.id)
      return connectionView(connection)
    },
  )

  app.post(
    '/connections/:id/test',
    {
      schema: schemaOf('Try a connection', {
        params: idParams,
        body: z.strictObject({}).nullish(),
        response: { 200: zConnectionTest },
      }),
    },
    async (request) => testConnection(deps, actorOf(request), request.params.id),
  )
}

function changeConnections(app: App, deps: Deps): void {
  app.post(
    '/connections',
    { ...admin, schema: schemaOf('Add a connection', { body: zCreateConnection, response: { 201: zConnection } }) },
    async (request, reply) => {
      const made = await createNewConnection(deps, actorOf(request), request.body)
      return reply.code(201).send(connectionView(made))
    },
  )

  app.patch(
    '/connections/:id',
    {
      ...admin,
      schema: schemaOf('Change a connection', {
        params: idParams,
        body: zUpdateConnection,
        response: { 200: zConnection },
      }),
    },
    async (request) => connectionView(await changeConnection(deps, actorOf(request), request.params.id, request.body)),
  )

  app.delete(
    '/connections/:id',
    { ...admin, schema: schemaOf('Delete a connection', { params: idParams, response: { 204: z.null() } }) },
    async (request, reply) => {
      await removeConnection(deps, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

const connectionView = (record: ConnectionRecord): Connection => ({
  id: record.id,
  name: record.name,
  kind: record.kind,
  settings: record.settings,
  maxConcurrentJobs: record.maxConcurrentJobs,
  paused: record.paused,
  rootAssetId: record.rootAssetId,
  createdAt: record.createdAt.toISOString(),
  updatedAt: record.updatedAt.toISOString(),
})

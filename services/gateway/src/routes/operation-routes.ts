import {
  zBulk,
  zBulkPreview,
  zCancelOperation,
  zOperation,
  zOperationListQuery,
  zOperationPage,
  type Operation,
} from '@plumbline/api'
import { findOperation, listOperations, refusalsOf, type OperationRow } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import { jobView, type ViewContext } from '../jobs/job-view.ts'
import { stopOperation } from '../operations/cancel-operation.ts'
import { operationView } from '../operations/operation-view.ts'
import { previewOperation, startOperation } from '../operations/start-operation.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.int().min(0).max(8.64e15), z.uuid()])
const schemaOf = tagged('Operations')

export function operationRoutes(deps: Deps, context: () => ViewContext) {
  const shown = async (organizationId: string, id: string): Promise<Operation> => {
    const row = await findOperation(deps.db, organizationId, id)
    if (!row) throw notFound('operation', id)
    return operationView(row, (await refusalsOf(deps.db, [row.id])).get(row.id) ?? [])
  }
  return async (app: App): Promise<void> => {
    readOperations(app, deps, shown)
    steerOperations(app, deps, shown, context)
  }
}

type Shown = (organizationId: string, id: string) => Promise<Operation>

function readOperations(app: App, deps: Deps, shown: Shown): void {
  app.get(
    '/operations',
    {
      schema: schemaOf('List bulk operations', {
        querystring: zOperationListQuery,
        response: { 200: zOperationPage },
      }),
    },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const key = decodeCursor(cursor, list, zCursorKey)
      const rows = await listOperations(deps.db, organizationOf(request), {
        ...list,
        limit: limit + 1,
        after: key && { createdAt: key[0], id: key[1] },
      })
      const refusals = await refusalsOf(
        deps.db,
        rows.map((row) => row.id),
      )
      const view = (row: OperationRow) => operationView(row, refusals.get(row.id) ?? [])
      return pageOf(rows, limit, view, (row) => encodeCursor(list, [row.created_at.getTime(), row.id]))
    },
  )

  app.get(
    '/operations/:id',
    { schema: schemaOf('Show a bulk operation', { params: idParams, response: { 200: zOperation } }) },
    async (request) => shown(organizationOf(request), request.params.id),
  )
}

function steerOperations(app: App, deps: Deps, shown: Shown, context: () => ViewContext): void {
  app.post(
    '/jobs/bulk',
    {
      schema: schemaOf('Cancel or retry many jobs', {
        body: zBulk,
        response: { 200: zBulkPreview.describe('With `dryRun`: what it would act on'), 202: zOperation },
      }),
    },
    async (request, reply) => {
      const organizationId = organizationOf(request)
      if (request.body.dryRun) {
        const { sample, ...counted } = await previewOperation(deps, organizationId, request.body)
        const now = context()
        return reply.code(200).send({ ...counted, sample: sample.map((row) => jobView(row, now)) })
      }
      const id = await startOperation(deps, actorOf(request), request.body)
      return reply.code(202).send(await shown(organizationId, id))
    },
  )

  app.post(
    '/operations/:id/cancel',
    {
      schema: schemaOf('Stop a bulk operation', {
        params: idParams,
        body: zCancelOperation.nullish(),
        response: { 202: zOperation },
      }),
    },
    async (request, reply) => {
      await stopOperation(deps, actorOf(request), request.params.id, request.body?.reason)
      return reply.code(202).send(await shown(organizationOf(request), request.params.id))
    },
  )
}

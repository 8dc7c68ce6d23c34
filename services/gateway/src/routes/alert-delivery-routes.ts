import { zAlertDelivery, zAlertDeliveryListQuery, zAlertDeliveryPage } from '@plumbline/api'
import { findDelivery, listDeliveries } from '@plumbline/store'
import { z } from 'zod'
import { deliveryView } from '../alerts/alert-view.ts'
import { replay } from '../alerts/send-again.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Alerts')
const zCursorKey = z.tuple([z.int().min(0).max(8.64e15), z.uuid()])

/** What was told to whom, and what came of it. */
export function alertDeliveryRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/alert-deliveries',
      {
        schema: schemaOf('List deliveries', {
          querystring: zAlertDeliveryListQuery,
          response: { 200: zAlertDeliveryPage },
        }),
      },
      async (request) => {
        const { limit, cursor, ...list } = request.query
        const key = decodeCursor(cursor, list, zCursorKey)
        const rows = await listDeliveries(deps.db, organizationOf(request), {
          ...list,
          limit: limit + 1,
          after: key && { createdAt: key[0], id: key[1] },
        })
        return pageOf(rows, limit, deliveryView, (row) => encodeCursor(list, [row.created_at.getTime(), row.id]))
      },
    )
    app.get(
      '/alert-deliveries/:id',
      { schema: schemaOf('Show a delivery', { params: idParams, response: { 200: zAlertDelivery } }) },
      async (request) => {
        const row = await findDelivery(deps.db, organizationOf(request), request.params.id)
        if (!row) throw notFound('delivery', request.params.id)
        return deliveryView(row)
      },
    )
    app.post(
      '/alert-deliveries/:id/replay',
      {
        config: { role: 'admin' },
        schema: schemaOf('Send a delivery again', {
          params: idParams,
          body: z.strictObject({}).nullish(),
          response: { 202: zAlertDelivery },
        }),
      },
      async (request, reply) =>
        reply.code(202).send(deliveryView(await replay(deps, actorOf(request), request.params.id))),
    )
  }
}

import {
  zAlertChannelPage,
  zAlertDelivery,
  zCreateAlertChannel,
  zPageQuery,
  zSavedAlertChannel,
  zUpdateAlertChannel,
} from '@plumbline/api'
import { listChannels } from '@plumbline/store'
import { z } from 'zod'
import { channelView, deliveryView } from '../alerts/alert-view.ts'
import { addChannel, changeChannel, removeChannel } from '../alerts/manage-channels.ts'
import { testChannel } from '../alerts/send-again.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Alerts')
const zCursorKey = z.tuple([z.string(), z.uuid()])
const admin = { config: { role: 'admin' } } as const
const secretive = { config: { role: 'admin', secretField: 'secret' } } as const

/** Where incidents are told: webhooks, Slack, email. */
export function alertChannelRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    listAndTest(app, deps)
    changeChannels(app, deps)
  }
}

function listAndTest(app: App, deps: Deps): void {
  app.get(
    '/alert-channels',
    { schema: schemaOf('List alert channels', { querystring: zPageQuery, response: { 200: zAlertChannelPage } }) },
    async (request) => {
      const { limit, cursor } = request.query
      const after = decodeCursor(cursor, {}, zCursorKey)
      const rows = await listChannels(deps.db, organizationOf(request), {
        after: after && { name: after[0], id: after[1] },
        limit: limit + 1,
      })
      return pageOf(rows, limit, channelView, (row) => encodeCursor({}, [row.name, row.id]))
    },
  )
  app.post(
    '/alert-channels/:id/test',
    {
      ...admin,
      schema: schemaOf('Send a test to an alert channel', {
        params: idParams,
        body: z.strictObject({}).nullish(),
        response: { 202: zAlertDelivery.describe('Its state tells, in a moment, whether it arrived') },
      }),
    },
    async (request, reply) =>
      reply.code(202).send(deliveryView(await testChannel(deps, actorOf(request), request.params.id))),
  )
}

function changeChannels(app: App, deps: Deps): void {
  app.post(
    '/alert-channels',
    {
      ...secretive,
      schema: schemaOf('Add an alert channel', { body: zCreateAlertChannel, response: { 201: zSavedAlertChannel } }),
    },
    async (request, reply) => reply.code(201).send(await addChannel(deps, actorOf(request), request.body)),
  )
  app.patch(
    '/alert-channels/:id',
    {
      ...secretive,
      schema: schemaOf('Change an alert channel', {
        params: idParams,
        body: zUpdateAlertChannel,
        response: { 200: zSavedAlertChannel },
      }),
    },
    async (request) => changeChannel(deps, actorOf(request), request.params.id, request.body),
  )
  app.delete(
    '/alert-channels/:id',
    { ...admin, schema: schemaOf('Delete an alert channel', { params: idParams, response: { 204: z.null() } }) },
    async (request, reply) => {
      await removeChannel(deps, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

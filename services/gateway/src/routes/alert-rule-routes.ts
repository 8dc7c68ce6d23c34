import { zAlertRule, zAlertRulePage, zCreateAlertRule, zPageQuery, zUpdateAlertRule } from '@plumbline/api'
import { listRules } from '@plumbline/store'
import { z } from 'zod'
import { ruleView } from '../alerts/alert-view.ts'
import { addRule, changeRule, removeRule } from '../alerts/manage-rules.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Alerts')
const zCursorKey = z.tuple([z.string(), z.uuid()])
const admin = { config: { role: 'admin' } } as const

/** What makes an incident. An organization begins with one rule of each kind. */
export function alertRuleRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/alert-rules',
      { schema: schemaOf('List alert rules', { querystring: zPageQuery, response: { 200: zAlertRulePage } }) },
      async (request) => {
        const { limit, cursor } = request.query
        const after = decodeCursor(cursor, {}, zCursorKey)
        const rows = await listRules(deps.db, organizationOf(request), {
          after: after && { name: after[0], id: after[1] },
          limit: limit + 1,
        })
        return pageOf(rows, limit, ruleView, (row) => encodeCursor({}, [row.name, row.id]))
      },
    )
    app.post(
      '/alert-rules',
      { ...admin, schema: schemaOf('Add an alert rule', { body: zCreateAlertRule, response: { 201: zAlertRule } }) },
      async (request, reply) => reply.code(201).send(ruleView(await addRule(deps, actorOf(request), request.body))),
    )
    app.patch(
      '/alert-rules/:id',
      {
        ...admin,
        schema: schemaOf('Change an alert rule', {
          params: idParams,
          body: zUpdateAlertRule,
          response: { 200: zAlertRule },
        }),
      },
      async (request) => ruleView(await changeRule(deps, actorOf(request), request.params.id, request.body)),
    )
    app.delete(
      '/alert-rules/:id',
      { ...admin, schema: schemaOf('Delete an alert rule', { params: idParams, response: { 204: z.null() } }) },
      async (request, reply) => {
        await removeRule(deps, actorOf(request), request.params.id)
        return reply.code(204).send(null)
      },
    )
  }
}

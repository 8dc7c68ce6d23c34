import {
  zCreateTagRule,
  zPageQuery,
  zTagRule,
  zTagRulePage,
  zTagRuleTrial,
  zTryTagRule,
  zUpdateTagRule,
  type TagRule,
} from '@plumbline/api'
import { listTagRules, type TagRuleRecord } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { changeTagRule, defineTagRule, removeTagRule } from '../tags/manage-tag-rules.ts'
import { tryTagRule } from '../tags/try-tag-rule.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Tags')
const zCursorKey = z.tuple([z.string(), z.uuid()])
const admin = { config: { role: 'admin' } } as const

/** An organization's own rules, beside the built-in ones. A run uses those that are in force when it begins. */
export function tagRuleRoutes(deps: Deps) {
  const { db } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/tag-rules',
      { schema: schemaOf('List tag rules', { querystring: zPageQuery, response: { 200: zTagRulePage } }) },
      async (request) => {
        const { limit, cursor } = request.query
        const after = decodeCursor(cursor, {}, zCursorKey)
        const rows = await listTagRules(db, organizationOf(request), {
          after: after && { name: after[0], id: after[1] },
          limit: limit + 1,
        })
        return pageOf(rows, limit, ruleView, (row) => encodeCursor({}, [row.name, row.id]))
      },
    )
    app.post(
      '/tag-rules',
      { ...admin, schema: schemaOf('Add a tag rule', { body: zCreateTagRule, response: { 201: zTagRule } }) },
      async (request, reply) =>
        reply.code(201).send(ruleView(await defineTagRule(deps, actorOf(request), request.body))),
    )
    app.post(
      '/tag-rules/dry-run',
      { schema: schemaOf('Try a tag rule', { body: zTryTagRule, response: { 200: zTagRuleTrial } }) },
      async (request) => tryTagRule(deps, organizationOf(request), request.body),
    )
    app.patch(
      '/tag-rules/:id',
      {
        ...admin,
        schema: schemaOf('Change a tag rule', { params: idParams, body: zUpdateTagRule, response: { 200: zTagRule } }),
      },
      async (request) => ruleView(await changeTagRule(deps, actorOf(request), request.params.id, request.body)),
    )
    app.delete(
      '/tag-rules/:id',
      { ...admin, schema: schemaOf('Delete a tag rule', { params: idParams, response: { 204: z.null() } }) },
      async (request, reply) => {
        await removeTagRule(deps, actorOf(request), request.params.id)
        return reply.code(204).send(null)
      },
    )
  }
}

const ruleView = ({ createdAt, updatedAt, ...rule }: TagRuleRecord): TagRule => ({
  ...rule,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

import { zCreateToken, zNewToken, zTokenPage, zPageQuery, type Token } from '@plumbline/api'
import { createToken, deleteToken, listTokens, newId, type TokenRow } from '@plumbline/store'
import { z } from 'zod'
import { makeAccessToken } from '../access-token.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, identityOf, organizationOf } from '../http/identity.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.int().min(0).max(8.64e15), z.uuid()])
const schemaOf = tagged('Organization')
const list = 'tokens'

export function tokenRoutes({ db }: Pick<Deps, 'db'>) {
  return async (app: App): Promise<void> => {
    app.get(
      '/tokens',
      {
        config: { role: 'admin' },
        schema: schemaOf('List tokens', { querystring: zPageQuery, response: { 200: zTokenPage } }),
      },
      async (request) => {
        const { limit, cursor } = request.query
        const key = decodeCursor(cursor, list, zCursorKey)
        const after = key && { createdAt: key[0], id: key[1] }
        const rows = await listTokens(db, organizationOf(request), { after, limit: limit + 1 })
        const { tokenId } = identityOf(request)
        return pageOf(
          rows,
          limit,
          (row) => tokenView(row, tokenId),
          (row) => encodeCursor(list, [row.created_at.getTime(), row.id]),
        )
      },
    )

    app.post(
      '/tokens',
      {
        config: { role: 'admin', secretField: 'token' },
        schema: schemaOf('Make a token', { body: zCreateToken, response: { 201: zNewToken } }),
      },
      async (request, reply) => {
        const { name, role } = request.body
        const expiresAt = futureOrNull(request.body.expiresAt)
        const actor = actorOf(request)
        const token = makeAccessToken()
        const row = await createToken(db, actor, { id: actor.resourceId ?? newId(), name, role, expiresAt, token })
        if (!row) throw new ProblemError('name-taken', 'Another token of the organization has this name already')
        return reply.code(201).send({ ...tokenView(row, identityOf(request).tokenId), token })
      },
    )

    app.delete(
      '/tokens/:id',
      {
        config: { role: 'admin' },
        schema: schemaOf('Delete a token', { params: idParams, response: { 204: z.void() } }),
      },
      async (request, reply) => {
        const { id } = request.params
        // So an organization never loses its last admin.
        if (id === identityOf(request).tokenId) throw new ProblemError('token-in-use', 'A token cannot delete itself')
        if (!(await deleteToken(db, actorOf(request), id))) throw notFound('token', id)
        return reply.code(204).send()
      },
    )
  }
}

function futureOrNull(time: string | null | undefined): Date | null {
  if (time === undefined || time === null) return null
  const date = new Date(time)
  if (date.getTime() <= Date.now()) throw invalidField('expiresAt', 'must be in the future')
  return date
}

const tokenView = (row: TokenRow, currentId: string): Token => ({
  id: row.id,
  name: row.name,
  role: row.role,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  current: row.id === currentId,
})

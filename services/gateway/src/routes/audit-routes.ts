import { zAuditPage, zAuditQuery, zMe, type AuditEntry, type Me } from '@plumbline/api'
import { listAudit, targetNames } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { identityOf, organizationOf } from '../http/identity.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.int()])
const schemaOf = tagged('Organization')

export function auditRoutes({ db, config, version }: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/audit',
      { schema: schemaOf('Who did what', { querystring: zAuditQuery, response: { 200: zAuditPage } }) },
      async (request) => {
        const { limit, cursor, ...list } = request.query
        const after = decodeCursor(cursor, list, zCursorKey)
        const rows = await listAudit(db, organizationOf(request), {
          ...list,
          since: list.since === undefined ? undefined : new Date(list.since),
          before: after?.[0],
          limit: limit + 1,
        })
        const targets = rows.map((row) => row.target_id)
        const names = await targetNames(db, organizationOf(request), targets)
        return pageOf(
          rows,
          limit,
          (row) => entryView(row, names),
          (row) => encodeCursor(list, [row.id]),
        )
      },
    )

    app.get(
      '/me',
      { schema: schemaOf('Whose token this is', { response: { 200: zMe } }) },
      async (request): Promise<Me> => {
        const { actor, role, organizationId, organizationName } = identityOf(request)
        return {
          actor,
          role,
          organization: { id: organizationId, name: organizationName },
          version,
          temporalUi: config.temporalUi,
        }
      },
    )
  }
}

const entryView = (
  row: Awaited<ReturnType<typeof listAudit>>[number],
  names: ReadonlyMap<string, string>,
): AuditEntry => ({
  id: String(row.id),
  at: row.at.toISOString(),
  actor: row.actor,
  action: row.action,
  target: { kind: row.target_kind, id: row.target_id, name: names.get(row.target_id) ?? null },
  before: row.before,
  after: row.after,
  reason: row.reason,
  requestId: row.request_id,
})

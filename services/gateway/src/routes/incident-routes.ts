import {
  zActOnIncident,
  zIncident,
  zIncidentDetail,
  zIncidentListQuery,
  zIncidentPage,
  zMuteIncident,
} from '@plumbline/api'
import { findIncident, listIncidents, occurrencesOf } from '@plumbline/store'
import { z } from 'zod'
import { act } from '../alerts/act-on-incident.ts'
import { incidentDetailView, incidentView } from '../alerts/alert-view.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { invalidField, notFound } from '../http/problem.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Alerts')
const zCursorKey = z.tuple([z.enum(['open', 'resolved']), z.int().min(0).max(8.64e15), z.uuid()])
const recentShown = 50

/** What went wrong, once for each cause. */
export function incidentRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    readIncidents(app, deps)
    actOnIncidents(app, deps)
  }
}

function readIncidents(app: App, { db }: Deps): void {
  app.get(
    '/incidents',
    {
      schema: schemaOf('List incidents, open ones first', {
        querystring: zIncidentListQuery,
        response: { 200: zIncidentPage },
      }),
    },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const key = decodeCursor(cursor, list, zCursorKey)
      const rows = await listIncidents(db, organizationOf(request), {
        ...list,
        limit: limit + 1,
        after: key && { resolved: key[0] === 'resolved', lastAt: key[1], id: key[2] },
      })
      return pageOf(rows, limit, incidentView, (row) =>
        encodeCursor(list, [row.resolved_at ? 'resolved' : 'open', row.last_at.getTime(), row.id]),
      )
    },
  )
  app.get(
    '/incidents/:id',
    { schema: schemaOf('Show an incident', { params: idParams, response: { 200: zIncidentDetail } }) },
    async (request) => {
      const organizationId = organizationOf(request)
      const incident = await findIncident(db, organizationId, request.params.id)
      if (!incident) throw notFound('incident', request.params.id)
      return incidentDetailView(incident, await occurrencesOf(db, organizationId, incident.id, recentShown))
    },
  )
}

function actOnIncidents(app: App, deps: Deps): void {
  for (const action of ['acknowledge', 'resolve'] as const) {
    app.post(
      `/incidents/:id/${action}`,
      {
        schema: schemaOf(action === 'resolve' ? 'Resolve an incident' : 'Acknowledge an incident', {
          params: idParams,
          body: zActOnIncident.nullish(),
          response: { 200: zIncident },
        }),
      },
      async (request) =>
        incidentView(await act(deps, actorOf(request), request.params.id, { action, note: request.body?.note })),
    )
  }
  app.post(
    '/incidents/:id/mute',
    { schema: schemaOf('Mute an incident', { params: idParams, body: zMuteIncident, response: { 200: zIncident } }) },
    async (request) => {
      const until = new Date(request.body.until)
      if (until.getTime() <= Date.now()) throw invalidField('until', 'must be in the future')
      const { note } = request.body
      return incidentView(await act(deps, actorOf(request), request.params.id, { action: 'mute', until, note }))
    },
  )
}

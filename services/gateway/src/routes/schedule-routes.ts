import {
  zCreateSchedule,
  zPauseSchedule,
  zSchedule,
  zScheduleListQuery,
  zSchedulePage,
  zSchedulePreview,
  zSchedulePreviewQuery,
  zUpdateSchedule,
  type Schedule,
} from '@plumbline/api'
import { findSchedule, listSchedules, scheduleHistories } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import {
  changeSchedule,
  createNewSchedule,
  previewSchedule,
  removeSchedule,
  setPaused,
  trigger,
} from '../schedules/manage-schedules.ts'
import { scheduleView } from '../schedules/schedule-view.ts'
import type { App } from './app.ts'
import { configOfSomeType, withConfigOfType } from './job-config-docs.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.string(), z.uuid()])
const schemaOf = tagged('Schedules')
const zChange = zUpdateSchedule.extend({
  config: configOfSomeType(zUpdateSchedule.shape.config, 'Of the type of the schedule'),
})
const admin = { config: { role: 'admin' } } as const
const zNothing = z.strictObject({}).nullish()

export function scheduleRoutes(deps: Deps) {
  const shown = async (organizationId: string, id: string): Promise<Schedule> => {
    const schedule = await findSchedule(deps.db, organizationId, id)
    if (!schedule) throw notFound('schedule', id)
    return scheduleView(schedule, (await scheduleHistories(deps.db, [id])).get(id))
  }
  return async (app: App): Promise<void> => {
    readSchedules(app, deps, shown)
    changeSchedules(app, deps, shown)
    steerSchedules(app, deps, shown)
  }
}

type Shown = (organizationId: string, id: string) => Promise<Schedule>

function readSchedules(app: App, { db }: Deps, shown: Shown): void {
  app.get(
    '/schedules',
    { schema: schemaOf('List schedules', { querystring: zScheduleListQuery, response: { 200: zSchedulePage } }) },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const after = decodeCursor(cursor, list, zCursorKey)
      const rows = await listSchedules(db, organizationOf(request), {
        ...list,
        after: after && { name: after[0], id: after[1] },
        limit: limit + 1,
      })
      const histories = await scheduleHistories(
        db,
        rows.slice(0, limit).map(({ id }) => id),
      )
      const now = new Date()
      return pageOf(
        rows,
        limit,
        (row) => scheduleView(row, histories.get(row.id), now),
        (row) => encodeCursor(list, [row.name, row.id]),
      )
    },
  )

  app.get(
    '/schedules/preview',
    {
      schema: schemaOf('When a schedule would run', {
        querystring: zSchedulePreviewQuery,
        response: { 200: zSchedulePreview },
      }),
    },
    async (request) => previewSchedule(request.query),
  )

  app.get(
    '/schedules/:id',
    { schema: schemaOf('Show a schedule', { params: idParams, response: { 200: zSchedule } }) },
    async (request) => shown(organizationOf(request), request.params.id),
  )
}

function changeSchedules(app: App, deps: Deps, shown: Shown): void {
  app.post(
    '/schedules',
    {
      ...admin,
      schema: schemaOf('Add a schedule', { body: withConfigOfType(zCreateSchedule), response: { 201: zSchedule } }),
    },
    async (request, reply) => {
      const id = await createNewSchedule(deps, actorOf(request), request.body)
      return reply.code(201).send(await shown(organizationOf(request), id))
    },
  )

  app.patch(
    '/schedules/:id',
    {
      ...admin,
      schema: schemaOf('Change a schedule', {
        params: idParams,
        body: zChange,
        response: { 200: zSchedule },
      }),
    },
    async (request) => {
      const id = await changeSchedule(deps, actorOf(request), request.params.id, request.body)
      return shown(organizationOf(request), id)
    },
  )

  app.delete(
    '/schedules/:id',
    { ...admin, schema: schemaOf('Delete a schedule', { params: idParams, response: { 204: z.null() } }) },
    async (request, reply) => {
      await removeSchedule(deps, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

function steerSchedules(app: App, deps: Deps, shown: Shown): void {
  app.post(
    '/schedules/:id/pause',
    {
      ...admin,
      schema: schemaOf('Pause a schedule', {
        params: idParams,
        body: zPauseSchedule.nullish(),
        response: { 200: zSchedule },
      }),
    },
    async (request) => {
      const id = await setPaused(deps, actorOf(request), request.params.id, {
        paused: true,
        reason: request.body?.reason,
      })
      return shown(organizationOf(request), id)
    },
  )

  app.post(
    '/schedules/:id/resume',
    {
      ...admin,
      schema: schemaOf('Resume a schedule', { params: idParams, body: zNothing, response: { 200: zSchedule } }),
    },
    async (request) => {
      const id = await setPaused(deps, actorOf(request), request.params.id, { paused: false })
      return shown(organizationOf(request), id)
    },
  )

  app.post(
    '/schedules/:id/trigger',
    { schema: schemaOf('Run a schedule now', { params: idParams, body: zNothing, response: { 202: zSchedule } }) },
    async (request, reply) => {
      await trigger(deps, actorOf(request), request.params.id)
      return reply.code(202).send(await shown(organizationOf(request), request.params.id))
    },
  )
}

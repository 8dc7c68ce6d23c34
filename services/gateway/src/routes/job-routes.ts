import {
  zCancelJob,
  zJob,
  zJobCounts,
  zJobDetail,
  zJobFilter,
  zJobListQuery,
  zJobPage,
  zRetryJob,
  zStartJob,
  zTerminateJob,
} from '@plumbline/api'
import { countJobs, findJob, jobParts, listJobs, sortKeyOf, type JobRow } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import { cancelJob, cancelWithChildren } from '../jobs/cancel-job.ts'
import { filterFromQuery } from '../jobs/filter-from-query.ts'
import { jobDetailView, jobView, type ViewContext } from '../jobs/job-view.ts'
import { retryJob } from '../jobs/retry-job.ts'
import { startJob } from '../jobs/start-job.ts'
import { terminateJob } from '../jobs/terminate-job.ts'
import { usualBefore } from '../trends/usual-before.ts'
import type { App } from './app.ts'
import { configOfSomeType, withConfigOfType } from './job-config-docs.ts'
import { idParams, tagged } from './route-schema.ts'

/** A time or a duration in milliseconds, within what a Date can hold; -1 stands for no duration yet. */
const zCursorKey = z.tuple([z.int().min(-1).max(8.64e15), z.uuid()])
const schemaOf = tagged('Jobs')
const zRetry = zRetryJob.extend({
  config: configOfSomeType(
    zRetryJob.shape.config,
    'Replaces the configuration of the attempt before; of the type of the job',
  ),
})

export function jobRoutes(deps: Deps, context: () => ViewContext) {
  const found = async (organizationId: string, id: string): Promise<JobRow> => {
    const row = await findJob(deps.db, organizationId, id)
    if (!row) throw notFound('job', id)
    return row
  }
  return async (app: App): Promise<void> => {
    readJobs(app, { deps, context, found })
    actOnJobs(app, { deps, context, found })
  }
}

interface Parts {
  deps: Deps
  context: () => ViewContext
  found: (organizationId: string, id: string) => Promise<JobRow>
}

function readJobs(app: App, { deps, context, found }: Parts): void {
  app.get(
    '/jobs',
    { schema: schemaOf('List jobs', { querystring: zJobListQuery, response: { 200: zJobPage } }) },
    async (request) => {
      const { limit, cursor, ...list } = request.query
      const organizationId = organizationOf(request)
      const after = decodeCursor(cursor, list, zCursorKey)
      const filter = await filterFromQuery(deps.db, organizationId, list)
      const rows = await listJobs(deps.db, organizationId, filter, {
        sort: list.sort,
        order: list.order,
        limit: limit + 1,
        ...(after && { after: { key: after[0], id: after[1] } }),
      })
      const now = context()
      const view = (row: JobRow) => jobView(row, now)
      return pageOf(rows, limit, view, (row) => encodeCursor(list, [sortKeyOf(row, list.sort), row.id]))
    },
  )

  app.get(
    '/jobs/counts',
    { schema: schemaOf('Count jobs by tab', { querystring: zJobFilter, response: { 200: zJobCounts } }) },
    async (request) => {
      const { tab: _tab, ...query } = request.query
      const organizationId = organizationOf(request)
      return countJobs(deps.db, organizationId, await filterFromQuery(deps.db, organizationId, query))
    },
  )

  app.get(
    '/jobs/:id',
    { schema: schemaOf('Show a job', { params: idParams, response: { 200: zJobDetail } }) },
    async (request) => {
      const organizationId = organizationOf(request)
      const row = await found(organizationId, request.params.id)
      const of = { assetId: row.asset_id, type: row.type, before: row.created_at }
      const [parts, usual] = await Promise.all([jobParts(deps.db, row), usualBefore(deps.db, organizationId, of)])
      return jobDetailView(row, { ...parts, usual }, context())
    },
  )
}

function actOnJobs(app: App, { deps, context, found }: Parts): void {
  const shown = async (organizationId: string, id: string) => jobView(await found(organizationId, id), context())

  app.post(
    '/jobs',
    { schema: schemaOf('Start a job', { body: withConfigOfType(zStartJob), response: { 201: zJob } }) },
    async (request, reply) => {
      const job = await startJob(deps, actorOf(request), request.body)
      return reply.code(201).send(jobView(job, context()))
    },
  )

  app.post(
    '/jobs/:id/cancel',
    { schema: schemaOf('Cancel a job', { params: idParams, body: zCancelJob.nullish(), response: { 202: zJob } }) },
    async (request, reply) => {
      const cancel = request.body?.children ? cancelWithChildren : cancelJob
      await cancel(deps, actorOf(request), request.params.id, request.body?.reason)
      return reply.code(202).send(await shown(organizationOf(request), request.params.id))
    },
  )

  app.post(
    '/jobs/:id/terminate',
    {
      schema: schemaOf('End a job by force', { params: idParams, body: zTerminateJob, response: { 202: zJob } }),
    },
    async (request, reply) => {
      await terminateJob(deps, actorOf(request), request.params.id, request.body.reason)
      return reply.code(202).send(await shown(organizationOf(request), request.params.id))
    },
  )

  app.post(
    '/jobs/:id/retry',
    { schema: schemaOf('Retry a job', { params: idParams, body: zRetry.nullish(), response: { 201: zJob } }) },
    async (request, reply) => {
      const id = await retryJob(deps, actorOf(request), request.params.id, request.body ?? { mode: 'from_start' })
      return reply.code(201).send(await shown(organizationOf(request), id))
    },
  )
}

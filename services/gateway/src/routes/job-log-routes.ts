import { zLogPage, zLogQuery } from '@plumbline/api'
import { findJob, readJobLog } from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { identityOf } from '../http/identity.ts'
import { invalidField, notFound } from '../http/problem.ts'
import { sendFile } from '../http/send-file.ts'
import { downloadLog } from '../logs/download-log.ts'
import { followLog } from '../logs/follow-log.ts'
import { logLineView } from '../logs/log-line-view.ts'
import type { OpenStreams } from '../live/open-streams.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.int()])
const schemaOf = tagged('Jobs')

const logSchema = schemaOf('Read, follow or download what a job logged', {
  params: idParams,
  querystring: zLogQuery,
  headers: z.object({ 'last-event-id': z.string().max(40).optional() }),
  response: {
    200: {
      content: {
        'application/json': { schema: zLogPage },
        'text/event-stream': { schema: z.string().describe('`follow`: events `log`, at last one `end`') },
        'text/plain': { schema: z.any().describe('`download`: all of it, a line each') },
      },
    },
  },
})

export function jobLogRoutes({ db, log }: Deps, streams: OpenStreams) {
  return async (app: App): Promise<void> => {
    app.get('/jobs/:id/logs', { schema: logSchema }, async (request, reply) => {
      const { follow, download, cursor, limit, order, ...query } = request.query
      const { id } = request.params
      const { organizationId, tokenId } = identityOf(request)
      if (follow && download) throw invalidField('download', 'goes without follow')
      if (!(await findJob(db, organizationId, id))) throw notFound('job', id)
      const filter = { level: query.level, step: query.step, text: query.q }
      const source = { db, organizationId, jobId: id, filter }
      if (download) {
        const file = { type: 'text/plain; charset=utf-8', name: `job-${id}.log` }
        return sendFile(reply, file, downloadLog(source, order))
      }
      if (follow) {
        reply.hijack()
        const stream = { ...source, lastEventId: request.headers['last-event-id'] }
        followLog(reply.raw, stream, streams.add(reply.raw, tokenId)).catch((error: unknown) => {
          log.warn({ err: error, jobId: id }, 'a log stream broke')
          reply.raw.destroy()
        })
        return reply
      }
      const list = { ...query, order, jobId: id }
      const [after] = decodeCursor(cursor, list, zCursorKey) ?? []
      const lines = await readJobLog(db, organizationId, id, filter, { order, after, limit: limit + 1 })
      return pageOf(lines, limit, logLineView, (line) => encodeCursor(list, [line.id]))
    })
  }
}

import { zJobFilter } from '@plumbline/api'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { identityOf } from '../http/identity.ts'
import { filterFromQuery } from '../jobs/filter-from-query.ts'
import { streamJobEvents } from '../live/event-stream.ts'
import type { OpenStreams } from '../live/open-streams.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const schemaOf = tagged('Jobs')

export function jobEventRoutes({ db, hub, log }: Deps, streams: OpenStreams) {
  return async (app: App): Promise<void> => {
    app.get(
      '/jobs/events',
      {
        schema: schemaOf('Follow jobs live (server-sent events)', {
          querystring: zJobFilter,
          headers: z.object({ 'last-event-id': z.string().max(40).optional() }),
          response: { 200: z.string().describe('text/event-stream: events `job` and `reset`') },
        }),
      },
      async (request, reply) => {
        const { organizationId, tokenId } = identityOf(request)
        const filter = await filterFromQuery(db, organizationId, request.query)
        reply.hijack()
        const stream = { organizationId, filter, lastEventId: request.headers['last-event-id'] }
        streamJobEvents(hub, reply.raw, stream, streams.add(reply.raw, tokenId)).catch((error: unknown) => {
          log.warn({ err: error }, 'an event stream broke')
          reply.raw.destroy()
        })
      },
    )
  }
}

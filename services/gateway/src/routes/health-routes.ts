import plugin from 'fastify-plugin'
import { isReachable } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { createGatewayMetrics } from '../telemetry/gateway-metrics.ts'
import type { App } from './app.ts'

const hidden = { schema: { hide: true } } as const

/** `/health/live`: the process answers. `/health/ready`: it can serve, which needs the record, not Temporal. `/metrics`. */
export function healthRoutes(deps: Pick<Deps, 'db' | 'hub' | 'engine'>) {
  const { db } = deps
  return plugin(async (app: App): Promise<void> => {
    const metrics = createGatewayMetrics(deps)
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      metrics.observeRequest({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime)
    })
    app.get('/health/live', hidden, async () => ({ status: 'live' }))
    app.get('/health/ready', hidden, async (_request, reply) => {
      const ready = await isReachable(db)
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'the record (Postgres) does not answer' })
    })
    app.get('/metrics', hidden, async (_request, reply) => {
      const { contentType, text } = await metrics.tell()
      return reply.type(contentType).send(text)
    })
  })
}

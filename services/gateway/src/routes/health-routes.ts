import plugin from 'fastify-plugin'
import { z } from 'zod'
import { isReachable } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { createGatewayMetrics } from '../telemetry/gateway-metrics.ts'
import type { App } from './app.ts'

/** Of what stands outside the API and needs no token. */
const schemaOf = <Response extends Record<number, z.ZodType>>(summary: string, response: Response) => ({
  schema: { tags: ['Operations'], summary, response },
})
const zStatus = z.object({ status: z.string() })

/** `/health/live`: the process answers. `/health/ready`: it can serve, which needs the record, not Temporal. `/metrics`. */
export function healthRoutes(deps: Pick<Deps, 'db' | 'hub' | 'engine'>) {
  const { db } = deps
  return plugin(async (app: App): Promise<void> => {
    const metrics = createGatewayMetrics(deps)
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      metrics.observeRequest({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime)
    })
    app.get('/health/live', schemaOf('Whether the process answers', { 200: zStatus }), async () => ({ status: 'live' }))
    const ready = schemaOf('Whether it can serve: the record answers', { 200: zStatus, 503: zStatus })
    app.get('/health/ready', ready, async (_request, reply) => {
      const isReady = await isReachable(db)
      return reply
        .code(isReady ? 200 : 503)
        .send({ status: isReady ? 'ready' : 'the record (Postgres) does not answer' })
    })
    app.get('/metrics', schemaOf('Figures for Prometheus', { 200: z.string() }), async (_request, reply) => {
      const { contentType, text } = await metrics.tell()
      return reply.type(contentType).send(text)
    })
  })
}

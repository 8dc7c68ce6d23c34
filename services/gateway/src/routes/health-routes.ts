import { Registry, collectDefaultMetrics, Gauge, Histogram } from 'prom-client'
import plugin from 'fastify-plugin'
import { countActiveJobs, isReachable, isRecordOutage } from '@plumbline/store'
import { jobStatuses } from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import type { App } from './app.ts'

const hidden = { schema: { hide: true } } as const

/** `/health/live`: the process answers. `/health/ready`: it can serve, which needs the record, not Temporal. `/metrics`. */
export function healthRoutes({ db, hub }: Deps) {
  const registry = new Registry()
  return plugin(async (app: App): Promise<void> => {
    collectDefaultMetrics({ register: registry, prefix: 'plumbline_gateway_' })
    const duration = new Histogram({
      name: 'plumbline_http_request_duration_seconds',
      help: 'Time to answer, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    })
    registry.registerMetric(activeJobs(db))
    registry.registerMetric(
      new Gauge({
        name: 'plumbline_event_position',
        help: 'The newest job event given to every stream',
        registers: [],
        collect() {
          this.set(hub.position())
        },
      }),
    )
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    })
    app.get('/health/live', hidden, async () => ({ status: 'live' }))
    app.get('/health/ready', hidden, async (_request, reply) => {
      const ready = await isReachable(db)
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'the record (Postgres) does not answer' })
    })
    app.get('/metrics', hidden, async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    )
  })
}

function activeJobs(db: Deps['db']): Gauge {
  return new Gauge({
    name: 'plumbline_active_jobs',
    help: 'Jobs that have not ended, by status',
    labelNames: ['status'],
    registers: [],
    async collect() {
      // Without the record the other figures are still wanted, and an old count would be wrong.
      this.reset()
      try {
        const counts = await countActiveJobs(db)
        for (const status of jobStatuses) if (counts[status] !== undefined) this.set({ status }, counts[status])
      } catch (error) {
        if (!isRecordOutage(error)) throw error
      }
    },
  })
}

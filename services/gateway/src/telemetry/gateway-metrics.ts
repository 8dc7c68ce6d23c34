import {
  countActiveJobs,
  countKeptJobs,
  countUnsentRunEvents,
  isRecordOutage,
  longestWaitSeconds,
} from '@plumbline/store'
import { taskQueues } from '@plumbline/workflows'
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { endedJobs } from './ended-jobs.ts'

export interface GatewayMetrics {
  /** A request was answered; in milliseconds. */
  observeRequest(request: { method: string; route: string; status: number }, elapsedMs: number): void
  /** All figures, as Prometheus reads them, with their content type. */
  tell(): Promise<{ contentType: string; text: string }>
}

/** What platform engineers watch; figures of the record are read when they are asked for. */
export function createGatewayMetrics({ db, hub, engine }: Pick<Deps, 'db' | 'hub' | 'engine'>): GatewayMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'plumbline_gateway_' })
  const request = new Histogram({
    name: 'plumbline_http_request_duration_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  gauge(registry, 'plumbline_event_position', 'The newest job event given to every stream', [], async (it) =>
    it.set(hub.position()),
  )
  gauge(
    registry,
    'plumbline_active_jobs',
    'Jobs that have not ended, by type and status',
    ['type', 'status'],
    async (it) => {
      for (const { type, status, jobs } of await countActiveJobs(db)) it.set({ type, status }, jobs)
    },
  )
  gauge(registry, 'plumbline_jobs', 'Jobs that are kept, by type and state', ['type', 'state'], async (it) => {
    for (const { type, state, jobs } of await countKeptJobs(db)) it.set({ type, state }, jobs)
  })
  gauge(
    registry,
    'plumbline_longest_wait_seconds',
    'How long the job that waits longest to begin has waited',
    [],
    async (it) => it.set(await longestWaitSeconds(db)),
  )
  gauge(
    registry,
    'plumbline_run_events_unsent',
    'OpenLineage events that their receiver has not taken',
    [],
    async (it) => it.set(await countUnsentRunEvents(db)),
  )
  gauge(registry, 'plumbline_queue_pollers', 'Worker processes that poll a task queue', ['queue'], async (it) => {
    const pollers = await Promise.all(taskQueues.map((queue) => engine.countPollers(queue)))
    taskQueues.forEach((queue, index) => it.set({ queue }, pollers[index] ?? 0))
  })
  const lookAtEnded = endedJobs(db, registry)
  return {
    observeRequest: (labels, elapsedMs) => request.observe(labels, elapsedMs / 1_000),
    async tell() {
      await unlessAway(lookAtEnded)
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Label[],
  read: (gauge: Gauge<Label>) => Promise<void>,
): void {
  const it = new Gauge<Label>({ name, help, labelNames, registers: [registry], collect: () => collect() })
  const collect = async (): Promise<void> => {
    it.reset()
    if (await unlessAway(() => read(it))) return
    // Without labels a figure that is not known is no zero.
    if (labelNames.length === 0) it.remove()
    else it.reset()
  }
}

/** Without the record, or Temporal, the other figures are still wanted, and an old one would be wrong. */
async function unlessAway(read: () => Promise<void>): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    if (isRecordOutage(error) || error instanceof EngineUnreachable) return false
    throw error
  }
}

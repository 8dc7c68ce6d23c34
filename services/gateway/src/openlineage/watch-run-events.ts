import { hasUnsentRunEvents, queueRunEvents } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { repeat, type Repeating } from '../repeat.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'

const everyMs = 2_000

/** Queues what OpenLineage is told of jobs, and sees to it that a worker tells it, for as long as the gateway runs. */
export function startRunEventWatch({ db, engine, log }: Pick<Deps, 'db' | 'engine' | 'log'>): Repeating {
  return repeat(
    everyMs,
    async () => {
      while (await queueRunEvents(db));
      if (await hasUnsentRunEvents(db)) await engine.deliverRunEvents()
    },
    (error) => {
      // What is queued waits for Temporal.
      if (!(error instanceof EngineUnreachable))
        log.warn({ err: error }, 'events of runs could not be queued; trying again')
    },
  )
}

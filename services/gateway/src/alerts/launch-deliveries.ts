import { claimDeliveries, giveUpDelivery, markDeliveryStarted } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { deliver } from '../temporal/deliver.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { endOfRun } from '../temporal/recorded-runs.ts'

type LaunchDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** A delivery that takes longer is compared with Temporal. */
const overdueMs = 30_000
const batch = 100

/**
 * Starts what is queued, and looks after what is under way: a delivery whose run Temporal has lost is started again, one whose run
 * ended without saying so has failed. Without Temporal the rest waits for the next round.
 */
export async function launchDeliveries(deps: LaunchDeps): Promise<void> {
  for (const { id, runId } of await claimDeliveries(deps.db, overdueMs, batch)) {
    try {
      await look(deps, id, runId)
    } catch (error) {
      if (error instanceof EngineUnreachable) return
      deps.log.warn({ err: error, deliveryId: id }, 'could not bring a notice on its way')
    }
  }
}

/** Brings one on its way at once: somebody waits for it. Where that fails the next round does it. */
export async function launchDelivery(deps: LaunchDeps, id: string): Promise<void> {
  await deliver(deps.log, { deliveryId: id }, 'the start of a delivery did not reach Temporal', () =>
    look(deps, id, null),
  )
}

async function look({ db, engine }: LaunchDeps, id: string, runId: string | null): Promise<void> {
  const run = runId === null ? undefined : await engine.deliveries.describe(id)
  if (!run) return markDeliveryStarted(db, id, await engine.deliveries.start(id))
  const end = endOfRun(run)
  if (end) await giveUpDelivery(db, id, end.status === 'failed' ? end.error : 'Its run was cancelled in Temporal')
}

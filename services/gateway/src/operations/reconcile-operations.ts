import { claimOperations, endOperation } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { endOfRun } from '../temporal/recorded-runs.ts'
import { launchOperation } from './start-operation.ts'

type ReconcileDeps = Pick<Deps, 'db' | 'engine' | 'log'>

const overdueMs = 4_000
const batch = 50

/**
 * Brings operations and their runs together: one that never reached Temporal, or that Temporal has lost, is started and goes on
 * where it stands in the record; the row of a run that ended without writing ends.
 */
export async function reconcileOperations(deps: ReconcileDeps): Promise<void> {
  for (const { id, run_id: runId } of await claimOperations(deps.db, overdueMs, batch)) {
    try {
      await reconcileOperation(deps, id, runId)
    } catch (error) {
      if (error instanceof EngineUnreachable) return
      deps.log.warn({ err: error, operationId: id }, 'could not compare an operation with Temporal')
    }
  }
}

async function reconcileOperation(deps: ReconcileDeps, id: string, runId: string | null): Promise<void> {
  const run = runId === null ? undefined : await deps.engine.operations.describe(id)
  if (!run) return launchOperation(deps, id)
  const end = endOfRun(run)
  if (end && (await endOperation(deps.db, id, end))) {
    deps.log.info({ operationId: id, status: end.status }, 'ended an operation whose run did not')
  }
}

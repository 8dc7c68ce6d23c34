import { claimOperations, endOperation, type OperationEnd } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import type { OperationRun } from '../temporal/operation-runs.ts'
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
  const end = endOf(run)
  if (end && (await endOperation(deps.db, id, end))) {
    deps.log.info({ operationId: id, status: end.status }, 'ended an operation whose run did not')
  }
}

/** Undefined while it runs, and where what Temporal says is not known. */
function endOf({ status, error }: OperationRun): OperationEnd | undefined {
  switch (status) {
    case 'TERMINATED':
    case 'CANCELLED':
      return { status: 'cancelled' }
    case 'FAILED':
      return { status: 'failed', error: error ?? 'Its run failed in Temporal' }
    case 'TIMED_OUT':
      return { status: 'failed', error: 'Its run reached its time limit in Temporal' }
    case 'COMPLETED':
      return { status: 'failed', error: 'Its run ended without saying so' }
    default:
      return undefined
  }
}

import { WorkflowFailedError, type Client } from '@temporalio/client'
import { operationWorkflowIdOf, type OperationRef } from '@plumbline/workflows'
import { ifRunThere, type EngineCall } from './engine-call.ts'
import { startOnce } from './start-once.ts'

/** How a run stands: as Temporal names it, with the reason where it failed. */
export interface OperationRun {
  status: string
  error?: string
}

/** The runs behind bulk operations. */
export function operationRuns(client: Client, call: EngineCall) {
  const handleOf = (operationId: string) => client.workflow.getHandle(operationWorkflowIdOf(operationId))

  return {
    /** Once: a run that is there already is as good. @returns its run id */
    async start(operationId: string): Promise<string> {
      const input: OperationRef = { operationId }
      return startOnce(client, call, 'bulkOperation', { workflowId: operationWorkflowIdOf(operationId), args: [input] })
    },

    /** Harmless where the run is gone. */
    async cancel(operationId: string): Promise<void> {
      await ifRunThere(call(() => handleOf(operationId).cancel()))
    },

    /** Strongly consistent; undefined when Temporal does not know the run. */
    async describe(operationId: string): Promise<OperationRun | undefined> {
      const run = await ifRunThere(call(() => handleOf(operationId).describe()))
      if (!run) return undefined
      if (run.status.name !== 'FAILED') return { status: run.status.name }
      return { status: 'FAILED', error: await failureOf(call(() => handleOf(operationId).result())) }
    },
  }
}

async function failureOf(result: Promise<unknown>): Promise<string> {
  try {
    return `Its run ended with ${String(await result)}`
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error
    return (error.cause ?? error).message
  }
}

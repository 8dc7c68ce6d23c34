import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client'
import { operationWorkflowIdOf, type OperationRef, type TaskQueue } from '@plumbline/workflows'

/** How a run stands: as Temporal names it, with the reason where it failed. */
export interface OperationRun {
  status: string
  error?: string
}

/** The runs behind bulk operations; `call` gives each call its deadline. */
export function operationRuns(client: Client, call: <T>(work: () => Promise<T>) => Promise<T>) {
  const handleOf = (operationId: string) => client.workflow.getHandle(operationWorkflowIdOf(operationId))

  return {
    /** Once: a run that is there already is as good. @returns its run id */
    async start(operationId: string): Promise<string> {
      const input: OperationRef = { operationId }
      try {
        const handle = await call(() =>
          client.workflow.start('bulkOperation', {
            workflowId: operationWorkflowIdOf(operationId),
            workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
            taskQueue: 'workflows' satisfies TaskQueue,
            args: [input],
          }),
        )
        return handle.firstExecutionRunId
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
        return (await call(() => handleOf(operationId).describe())).runId
      }
    },

    /** Harmless where the run is gone. */
    async cancel(operationId: string): Promise<void> {
      await known(call(() => handleOf(operationId).cancel()))
    },

    /** Strongly consistent; undefined when Temporal does not know the run. */
    async describe(operationId: string): Promise<OperationRun | undefined> {
      const run = await known(call(() => handleOf(operationId).describe()))
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

async function known<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

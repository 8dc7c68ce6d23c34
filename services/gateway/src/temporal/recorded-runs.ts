import { WorkflowFailedError, type Client } from '@temporalio/client'
import { ifRunThere, type EngineCall } from './engine-call.ts'
import { startOnce } from './start-once.ts'

/** How a run stands: as Temporal names it, with the reason where it failed. */
export interface RecordedRun {
  status: string
  error?: string
}

export type RunEnd = { status: 'cancelled' } | { status: 'failed'; error: string }

/** The runs behind something of the record that is no job, by its id. */
export function recordedRuns(
  client: Client,
  call: EngineCall,
  {
    workflow,
    workflowIdOf,
    inputOf,
  }: { workflow: string; workflowIdOf: (id: string) => string; inputOf: (id: string) => object },
) {
  const handleOf = (id: string) => client.workflow.getHandle(workflowIdOf(id))

  return {
    /** Once: a run that is there already is as good. @returns its run id */
    async start(id: string): Promise<string> {
      return startOnce(client, call, workflow, { workflowId: workflowIdOf(id), args: [inputOf(id)] })
    },

    /** Harmless where the run is gone. */
    async cancel(id: string): Promise<void> {
      await ifRunThere(call(() => handleOf(id).cancel()))
    },

    /** Strongly consistent; undefined when Temporal does not know the run. */
    async describe(id: string): Promise<RecordedRun | undefined> {
      const run = await ifRunThere(call(() => handleOf(id).describe()))
      if (!run) return undefined
      if (run.status.name !== 'FAILED') return { status: run.status.name }
      return { status: 'FAILED', error: await failureOf(call(() => handleOf(id).result())) }
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

/** How a run ended whose end is not in the record. Undefined while it runs, and where what Temporal says is not known. */
export function endOfRun({ status, error }: RecordedRun): RunEnd | undefined {
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

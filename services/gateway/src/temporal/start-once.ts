import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdReusePolicy,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client'
import type { TaskQueue } from '@plumbline/workflows'
import type { EngineCall } from './engine-call.ts'

type RunOptions = Pick<WorkflowStartOptions, 'workflowId' | 'typedSearchAttributes'> & { args: unknown[] }

/** Starts a run that there may be one of, ever: one that is there already is as good. @returns its run id */
export async function startOnce(
  client: Client,
  call: EngineCall,
  workflow: string,
  options: RunOptions,
  deadlineMs?: number,
): Promise<string> {
  try {
    const handle = await call(
      () =>
        client.workflow.start(workflow, {
          ...options,
          workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
          taskQueue: 'workflows' satisfies TaskQueue,
        }),
      deadlineMs,
    )
    return handle.firstExecutionRunId
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    return (await call(() => client.workflow.getHandle(options.workflowId).describe())).runId
  }
}

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
  uuid4,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow'
import { lifecycle } from './proxies.ts'
import { workflowIdOf } from './workflow-id.ts'
import type { JobInput } from './run-job.ts'
import type { ChildJob } from './ports.ts'

export interface ChildRequest extends Omit<ChildJob, 'id'> {
  /** The workflow function of the child's type. */
  workflow: (input: JobInput<never>) => Promise<unknown>
}

/**
 * Starts child workflows that are jobs of their own and outlive their parent. Rows first, so that a parent that is killed in
 * between leaves pending jobs, which the dispatcher starts; a child that has an active twin is left out.
 *
 * @returns how many were started
 */
export async function spawnJobs(parentJobId: string, requests: ChildRequest[]): Promise<number> {
  if (requests.length === 0) return 0
  const children = requests.map((request) => ({ ...request, id: uuid4() }))
  const { created } = await lifecycle.createChildren({
    jobId: parentJobId,
    children: children.map(({ id, type, config }) => ({ id, type, config })),
  })
  const starting = children.filter((child) => created.includes(child.id))
  await Promise.all(starting.map(startChildJob))
  return starting.length
}

/** A parent whose worker was killed right here finds its children under way: the reconciler has started them. */
async function startChildJob({ id, config, workflow }: ChildRequest & { id: string }): Promise<void> {
  const input: JobInput = { jobId: id, config }
  try {
    await startChild(workflow.name, {
      workflowId: workflowIdOf(id),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      // Nor is a child cancelled with a parent that hears of its cancel only now, while its end is written.
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      args: [input],
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

import { fileURLToPath } from 'node:url'
import type { WorkflowHandle } from '@temporalio/client'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker'
import type { JobInput } from '../run-job.ts'
import { taskQueues } from '../task-queues.ts'
import { deliveryWorkflowIdOf, operationWorkflowIdOf, temporalScheduleIdOf, workflowIdOf } from '../workflow-id.ts'
import type { Fakes } from './fake-activities.ts'

const logger = new DefaultLogger('ERROR')
Runtime.install({
  logger,
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
})

/** A Temporal whose clock skips what nobody works in, with the real workflow bundle. */
export interface WorkflowBench {
  env: TestWorkflowEnvironment
  /** Runs `work` while workers of all queues serve the fakes. */
  withWorkers<T>(fakes: Fakes, work: () => Promise<T>): Promise<T>
  start(
    workflow: string,
    jobId: string,
    config?: Record<string, unknown>,
    more?: Pick<JobInput, 'opens'>,
  ): Promise<WorkflowHandle>
  startOperation(operationId: string): Promise<WorkflowHandle>
  startDelivery(deliveryId: string): Promise<WorkflowHandle>
  /** A tick of a schedule, as Temporal starts it. */
  startTick(scheduleId: string): Promise<WorkflowHandle>
  close(): Promise<void>
}

export async function createWorkflowBench(testServer: string): Promise<WorkflowBench> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: testServer } },
  })
  const bundle = await bundleWorkflows()
  return {
    env,
    withWorkers: (fakes, work) => withWorkers(env, bundle, fakes, work),
    start: (workflow, jobId, config = {}, more = {}) =>
      env.client.workflow.start(workflow, {
        taskQueue: 'workflows',
        workflowId: workflowIdOf(jobId),
        args: [{ jobId, config, ...more }],
      }),
    startOperation: (operationId) =>
      env.client.workflow.start('bulkOperation', {
        taskQueue: 'workflows',
        workflowId: operationWorkflowIdOf(operationId),
        args: [{ operationId }],
      }),
    startDelivery: (deliveryId) =>
      env.client.workflow.start('alertDelivery', {
        taskQueue: 'workflows',
        workflowId: deliveryWorkflowIdOf(deliveryId),
        args: [{ deliveryId }],
      }),
    startTick: (scheduleId) =>
      env.client.workflow.start('scheduledTick', {
        taskQueue: 'workflows',
        workflowId: `${temporalScheduleIdOf(scheduleId)}-${Date.now()}`,
        args: [{ scheduleId }],
      }),
    close: () => env.teardown(),
  }
}

const bundleWorkflows = () =>
  bundleWorkflowCode({ logger, workflowsPath: fileURLToPath(new URL('../entry.ts', import.meta.url)) })

async function withWorkers<T>(
  env: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundleWithSourceMap,
  { activities }: Fakes,
  work: () => Promise<T>,
): Promise<T> {
  const workers = await Promise.all(
    taskQueues.map((taskQueue) =>
      Worker.create({
        connection: env.nativeConnection,
        taskQueue,
        activities: { ...activities },
        ...(taskQueue === 'workflows' ? { workflowBundle } : {}),
        maxHeartbeatThrottleInterval: '100 milliseconds',
      }),
    ),
  )
  const [first, ...rest] = workers
  if (!first) throw new Error('there are no task queues')
  const running = rest.reduce(
    (inner, worker) => () => worker.runUntil(inner),
    () => first.runUntil(work),
  )
  return running()
}

import { Client, Connection, WorkflowIdConflictPolicy } from '@temporalio/client'
import type { ClientConnectConfig } from '@temporalio/envconfig'
import {
  deliveryWorkflowIdOf,
  operationWorkflowIdOf,
  runEventDeliveryId,
  type ConnectionTestResult,
  type DeliveryRef,
  type OperationRef,
  type TaskQueue,
} from '@plumbline/workflows'
import { callMs, createEngineCall } from './engine-call.ts'
import { jobRuns } from './job-runs.ts'
import { queuePollers } from './queue-pollers.ts'
import { recordedRuns } from './recorded-runs.ts'
import { createScheduleEngine } from './schedule-engine.ts'

export type Engine = ReturnType<typeof createEngine>

/**
 * Temporal, as far as the gateway uses it. Every call has a deadline and throws EngineUnreachable when there was no answer;
 * the connection is made at the first call, so the gateway starts and serves the record without Temporal.
 */
export function createEngine({ connectionOptions, namespace = 'default' }: ClientConnectConfig) {
  const connection = Connection.lazy({ ...connectionOptions, connectTimeout: callMs })
  const client = new Client({ connection, namespace })
  const { call, settled } = createEngineCall(connection)

  return {
    namespace,
    ...jobRuns(client, call),
    ...queuePollers(client, call),
    operations: recordedRuns(client, call, {
      workflow: 'bulkOperation',
      workflowIdOf: operationWorkflowIdOf,
      inputOf: (operationId): OperationRef => ({ operationId }),
    }),
    deliveries: recordedRuns(client, call, {
      workflow: 'alertDelivery',
      workflowIdOf: deliveryWorkflowIdOf,
      inputOf: (deliveryId): DeliveryRef => ({ deliveryId }),
    }),
    schedules: createScheduleEngine(client, call),

    /** Sees to it that events of runs are being sent: one run does it, and is as good when it is there already. */
    async deliverRunEvents(): Promise<void> {
      await call(() =>
        client.workflow.start('runEventDelivery', {
          workflowId: runEventDeliveryId,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          taskQueue: 'workflows' satisfies TaskQueue,
          args: [],
        }),
      )
    },

    /** Tries a connection on a worker; the run ends by itself after half a minute. */
    async testConnection(connectionId: string, runId: string): Promise<ConnectionTestResult> {
      return call(
        () =>
          client.workflow.execute('connectionTest', {
            workflowId: `connection-test-${runId}`,
            taskQueue: 'workflows' satisfies TaskQueue,
            workflowExecutionTimeout: '35 seconds',
            args: [{ connectionId }],
          }),
        40_000,
      )
    },

    /** Tries a metric on a worker; what it came to is in the record. The run ends by itself after a minute. */
    async tryMetric(trialId: string): Promise<void> {
      await call(
        () =>
          client.workflow.execute('metricTrial', {
            workflowId: `metric-trial-${trialId}`,
            taskQueue: 'workflows' satisfies TaskQueue,
            workflowExecutionTimeout: '55 seconds',
            args: [{ trialId }],
          }),
        60_000,
      )
    },

    /** After what is under way: five seconds at most, for the test of a connection ends with its request. */
    async close(): Promise<void> {
      await settled()
      await connection.close()
    },
  }
}

import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type WorkflowExecutionDescription,
} from '@temporalio/client'
import type { ClientConnectConfig } from '@temporalio/envconfig'
import { defineSearchAttributeKey, NamespaceNotFoundError, SearchAttributeType } from '@temporalio/common'
import {
  cleanupIdOf,
  jobDefinition,
  slotGrantedSignal,
  workflowIdOf,
  type ConnectionTestResult,
  type JobType,
  type TaskQueue,
} from '@plumbline/workflows'
import { createScheduleEngine } from './schedule-engine.ts'
import { operationRuns } from './operation-runs.ts'

const searchAttributes = {
  orgId: defineSearchAttributeKey('OrgId', SearchAttributeType.KEYWORD),
  jobType: defineSearchAttributeKey('JobType', SearchAttributeType.KEYWORD),
  assetId: defineSearchAttributeKey('AssetId', SearchAttributeType.KEYWORD),
  jobId: defineSearchAttributeKey('JobId', SearchAttributeType.KEYWORD),
}

/** `TaskQueueType` of Temporal's API, whose package has no names that an ES module could import. */
const taskQueueTypes = { workflow: 1, activity: 2 } as const

/** How long one call may take. */
const callMs = 5_000
/** How long the start of a run may take: a client waits for it, and the reconciler starts what did not get through. */
const startMs = 2_000
/** How long an answer about pollers is believed. */
const pollersMs = 5_000

export interface RunToStart {
  id: string
  type: JobType
  organizationId: string
  assetId: string
  config: Record<string, unknown>
}

/** Who ended a run from outside, as its last event tells. */
export interface Termination {
  by: string
  reason: string | undefined
}

/** Temporal gave no answer: what was asked may or may not have been done. */
export class EngineUnreachable extends Error {
  override readonly name = 'EngineUnreachable'
}

export type Engine = ReturnType<typeof createEngine>

/**
 * Temporal, as far as the gateway uses it. Every call has a deadline and throws EngineUnreachable when there was no answer;
 * the connection is made at the first call, so the gateway starts and serves the record without Temporal.
 */
export function createEngine({ connectionOptions, namespace = 'default' }: ClientConnectConfig) {
  const connection = Connection.lazy({ ...connectionOptions, connectTimeout: callMs })
  const client = new Client({ connection, namespace })
  const pollers = new Map<TaskQueue, { polled: boolean; at: number }>()

  async function call<T>(work: () => Promise<T>, deadlineMs = callMs): Promise<T> {
    try {
      return await connection.withDeadline(Date.now() + deadlineMs, work)
    } catch (error) {
      if (isUnreachable(error)) throw new EngineUnreachable('Temporal did not answer', { cause: error })
      throw error
    }
  }

  const handleOf = (jobId: string) => client.workflow.getHandle(workflowIdOf(jobId))

  return {
    namespace,
    operations: operationRuns(client, call),

    /** Starts the run of a job, once: a run that is there already is as good. @returns its run id */
    async startRun(job: RunToStart): Promise<string> {
      try {
        const handle = await call(
          () =>
            client.workflow.start(jobDefinition(job.type).workflow, {
              workflowId: workflowIdOf(job.id),
              workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
              taskQueue: 'workflows' satisfies TaskQueue,
              args: [{ jobId: job.id, config: job.config }],
              typedSearchAttributes: [
                { key: searchAttributes.orgId, value: job.organizationId },
                { key: searchAttributes.jobType, value: job.type },
                { key: searchAttributes.assetId, value: job.assetId },
                { key: searchAttributes.jobId, value: job.id },
              ],
            }),
          startMs,
        )
        return handle.firstExecutionRunId
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
        return (await call(() => handleOf(job.id).describe())).runId
      }
    },

    /** Harmless where the run is gone. */
    async cancelRun(jobId: string): Promise<void> {
      await ignoreMissing(call(() => handleOf(jobId).cancel()))
    },

    /** Ends a run without giving it a say. Harmless where the run is gone. */
    async terminateRun(jobId: string, reason: string): Promise<void> {
      await ignoreMissing(call(() => handleOf(jobId).terminate(reason)))
    },

    /** Starts what tidies up after a job that was ended by force, once. */
    async startCleanup(jobId: string): Promise<void> {
      try {
        await call(() =>
          client.workflow.start('jobCleanup', {
            workflowId: cleanupIdOf(jobId),
            workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
            taskQueue: 'workflows' satisfies TaskQueue,
            args: [{ jobId }],
          }),
        )
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      }
    },

    /** Wakes jobs that were given a slot; one that misses it asks by itself. */
    async grantSlots(jobIds: readonly string[]): Promise<void> {
      await Promise.all(jobIds.map((id) => ignoreMissing(call(() => handleOf(id).signal(slotGrantedSignal)))))
    },

    /** Strongly consistent; undefined when Temporal does not know the run. */
    async describeRun(jobId: string): Promise<WorkflowExecutionDescription | undefined> {
      return ignoreMissing(call(() => handleOf(jobId).describe()))
    },

    /** The result of a closed run; throws WorkflowFailedError with its cause when it has none. */
    async resultOf(jobId: string): Promise<unknown> {
      return call(() => handleOf(jobId).result())
    },

    async terminationOf(jobId: string): Promise<Termination | undefined> {
      const { history } = await call(() =>
        client.workflowService.getWorkflowExecutionHistoryReverse({
          namespace,
          execution: { workflowId: workflowIdOf(jobId) },
          maximumPageSize: 1,
        }),
      )
      const terminated = history?.events?.[0]?.workflowExecutionTerminatedEventAttributes
      return terminated ? { by: terminated.identity || 'Temporal', reason: terminated.reason || undefined } : undefined
    },

    /** Whether any worker polls a queue; an answer is believed for five seconds. */
    async hasWorker(queue: TaskQueue): Promise<boolean> {
      const known = pollers.get(queue)
      if (known && Date.now() - known.at < pollersMs) return known.polled
      const { pollers: found } = await call(() =>
        client.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: queue },
          // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- see taskQueueTypes
          taskQueueType: queue === 'workflows' ? taskQueueTypes.workflow : taskQueueTypes.activity,
        }),
      )
      const polled = (found ?? []).some(({ lastAccessTime }) => isRecent(lastAccessTime))
      pollers.set(queue, { polled, at: Date.now() })
      return polled
    },

    /** The last answer of `hasWorker`, for views that must not wait; false while nothing is known. */
    isWorkerMissing: (queue: TaskQueue): boolean => pollers.get(queue)?.polled === false,

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

    schedules: createScheduleEngine({ client, call }),

    async close(): Promise<void> {
      await connection.close()
    },
  }
}

/** A poll is open for a minute at most; Temporal lists pollers for five after their last. */
const pollMs = 70_000

function isRecent(time: { seconds?: unknown } | null | undefined): boolean {
  return Date.now() - Number(time?.seconds ?? 0) * 1000 < pollMs
}

/** gRPC cancelled, deadline exceeded, permission denied, resource exhausted, unavailable, unauthenticated. */
const unreachableCodes = new Set([1, 4, 7, 8, 14, 16])
/** What a server says that is not set up yet: a fresh one, or one that starts. */
const notSetUp = /namespace .*not found|no mapping defined for search attribute/i

/** No answer that says anything about the job. */
function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NamespaceNotFoundError || notSetUp.test(cause.message)) return true
    if (isGrpcServiceError(cause)) return unreachableCodes.has(cause.code)
    if (/Failed to connect|before the deadline/i.test(cause.message)) return true
  }
  return false
}

async function ignoreMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

import type { Client, WorkflowExecutionDescription } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { cleanupIdOf, jobDefinition, slotGrantedSignal, workflowIdOf, type JobType } from '@plumbline/workflows'
import { ifRunThere, type EngineCall } from './engine-call.ts'
import { startOnce } from './start-once.ts'

const searchAttributes = {
  orgId: defineSearchAttributeKey('OrgId', SearchAttributeType.KEYWORD),
  jobType: defineSearchAttributeKey('JobType', SearchAttributeType.KEYWORD),
  assetId: defineSearchAttributeKey('AssetId', SearchAttributeType.KEYWORD),
  jobId: defineSearchAttributeKey('JobId', SearchAttributeType.KEYWORD),
}

/** How long the start of a run may take: a client waits for it, and the reconciler starts what did not get through. */
const startMs = 2_000

export interface RunToStart {
  id: string
  type: JobType
  organizationId: string
  assetId: string
  config: Record<string, unknown>
  /** The step that it begins with by itself, because a slot is kept for it. */
  opens?: string
}

/** Who ended a run from outside, as its last event tells. */
export interface Termination {
  by: string
  reason: string | undefined
}

/** The runs behind jobs. */
export function jobRuns(client: Client, call: EngineCall) {
  const handleOf = (jobId: string) => client.workflow.getHandle(workflowIdOf(jobId))

  return {
    /** Starts the run of a job, once: a run that is there already is as good. @returns its run id */
    async startRun(job: RunToStart): Promise<string> {
      return startOnce(client, call, jobDefinition(job.type).workflow, runOptions(job), startMs)
    },

    /** Harmless where the run is gone. */
    async cancelRun(jobId: string): Promise<void> {
      await ifRunThere(call(() => handleOf(jobId).cancel()))
    },

    /** Ends a run without giving it a say. Harmless where the run is gone. */
    async terminateRun(jobId: string, reason: string): Promise<void> {
      await ifRunThere(call(() => handleOf(jobId).terminate(reason)))
    },

    /** Starts what tidies up after a job that was ended by force, once. */
    async startCleanup(jobId: string): Promise<void> {
      await startOnce(client, call, 'jobCleanup', { workflowId: cleanupIdOf(jobId), args: [{ jobId }] })
    },

    /** Wakes jobs that were given a slot; one that misses it asks by itself. */
    async grantSlots(jobIds: readonly string[]): Promise<void> {
      await Promise.all(jobIds.map((id) => ifRunThere(call(() => handleOf(id).signal(slotGrantedSignal)))))
    },

    /** Strongly consistent; undefined when Temporal does not know the run. */
    async describeRun(jobId: string): Promise<WorkflowExecutionDescription | undefined> {
      return ifRunThere(call(() => handleOf(jobId).describe()))
    },

    /** The result of a closed run; throws WorkflowFailedError with its cause when it has none. */
    async resultOf(jobId: string): Promise<unknown> {
      return call(() => handleOf(jobId).result())
    },

    /** Undefined where the run did not end from outside. */
    async terminationOf(jobId: string): Promise<Termination | undefined> {
      const { history } = await call(() =>
        client.workflowService.getWorkflowExecutionHistoryReverse({
          namespace: client.options.namespace,
          execution: { workflowId: workflowIdOf(jobId) },
          maximumPageSize: 1,
        }),
      )
      const terminated = history?.events?.[0]?.workflowExecutionTerminatedEventAttributes
      return terminated ? { by: terminated.identity || 'Temporal', reason: terminated.reason || undefined } : undefined
    },
  }
}

const runOptions = (job: RunToStart) => ({
  workflowId: workflowIdOf(job.id),
  args: [{ jobId: job.id, config: job.config, ...(job.opens !== undefined && { opens: job.opens }) }],
  typedSearchAttributes: [
    { key: searchAttributes.orgId, value: job.organizationId },
    { key: searchAttributes.jobType, value: job.type },
    { key: searchAttributes.assetId, value: job.assetId },
    { key: searchAttributes.jobId, value: job.id },
  ],
})

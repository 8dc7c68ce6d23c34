import type { UsualDuration } from '@plumbline/analysis'
import type { AssetRef, Job, JobDetail, JobStep } from '@plumbline/api'
import { actionFacts, type AssetOfJob, type JobParts, type JobRow } from '@plumbline/store'
import {
  allowedActions,
  hasEnded,
  jobDefinition,
  workflowIdOf,
  type JobFlag,
  type TaskQueue,
} from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import { usualView } from '../trends/usual-view.ts'

/** What a view needs beside the row: where Temporal's UI is, and which queues are known to have no worker. */
export interface ViewContext {
  temporalUi: string
  namespace: string
  isWorkerMissing: (queue: TaskQueue) => boolean
}

/** As of now; views of one answer share it. */
export const viewContextOf = ({ config, engine }: Pick<Deps, 'config' | 'engine'>): ViewContext => ({
  temporalUi: config.temporalUi,
  namespace: engine.namespace,
  isWorkerMissing: engine.isWorkerMissing,
})

/** A job that was created this long ago and not picked up waits for a worker, not for its turn. */
const startingMs = 3_000

const iso = (time: Date | null): string | null => time?.toISOString() ?? null

/** A job as the list, the events and every reference to it show it. */
export function jobView(row: JobRow, context: ViewContext): Job {
  const flags = flagsOf(row, context)
  return {
    id: row.id,
    type: row.type,
    status: row.status,
    flags,
    asset: assetOfJob(row),
    progress: {
      percent: Math.floor(row.percent),
      step: hasEnded(row.status) ? null : row.step,
      done: row.step_done,
      total: row.step_total,
      unit: row.step_unit,
    },
    message: messageOf(row),
    createdAt: row.created_at.toISOString(),
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    durationMs: row.duration_ms,
    queuedMs: row.started_at && row.started_at.getTime() - row.created_at.getTime(),
    trigger: {
      kind: row.trigger_kind,
      actor: row.actor,
      ...(row.schedule_id === null ? {} : { scheduleId: row.schedule_id }),
    },
    parentJobId: row.parent_job_id,
    rootJobId: row.root_job_id,
    retryOf: row.retry_of,
    attempt: row.attempt,
    resolvedByJobId: row.resolved_by_job_id,
    pendingReason: pendingReasonOf(row, context),
    counts: row.counts,
    warnings: row.warnings,
    error: row.error && summaryOf(row.error),
    actions: allowedActions(actionFacts(row)),
    links: linksOf(row, context),
  }
}

/** The asset of a job, as it was named when the job was made. */
export const assetOfJob = (row: AssetOfJob): AssetRef => ({
  id: row.asset_id,
  kind: row.asset_kind,
  name: row.asset_name,
  qualifiedName: row.asset_qualified_name,
  connectionId: row.connection_id,
  database: row.database_name,
})

const summaryOf = ({ code, message, retryable, hint }: NonNullable<JobRow['error']>) => ({
  code,
  message,
  retryable,
  hint,
})

function flagsOf(row: JobRow, context: ViewContext): JobFlag[] {
  if (hasEnded(row.status)) return []
  const flags: JobFlag[] = []
  if (row.cancel_requested_at) flags.push('cancelling')
  if (row.paused) flags.push('paused')
  if (waitsForWorker(row, context)) flags.push('no-worker')
  return flags
}

/** Neither its workflow nor its step goes on while nobody polls their queues. */
function waitsForWorker(row: JobRow, { isWorkerMissing }: ViewContext): boolean {
  if (row.status !== 'running') return false
  const step = jobDefinition(row.type).steps.find(({ name }) => name === row.step)
  return isWorkerMissing('workflows') || (step !== undefined && isWorkerMissing(step.queue))
}

function messageOf(row: JobRow): string {
  if (row.status === 'pending') return row.message || 'Waiting to start'
  return row.message
}

function pendingReasonOf(row: JobRow, context: ViewContext): Job['pendingReason'] {
  if (row.status !== 'pending') return null
  if (row.connection_paused) return { code: 'connection-paused' }
  if (row.position !== null) return { code: 'waiting-for-slot', position: row.position }
  if (row.unreachable) return { code: 'engine-unreachable' }
  const waits = Date.now() - row.created_at.getTime() > startingMs
  const queue = waits ? queuesOfStart(row).find(context.isWorkerMissing) : undefined
  return queue === undefined ? { code: 'starting' } : { code: 'no-worker', queue }
}

/** Which must be polled for a job to begin: with a slot kept for it, it begins with its first step. */
function queuesOfStart({ type, slot_kept: slotKept }: JobRow): TaskQueue[] {
  const [first] = jobDefinition(type).steps
  return slotKept && first ? ['workflows', first.queue] : ['workflows']
}

function linksOf(row: JobRow, context: ViewContext): Job['links'] {
  const asset = `/assets/${row.asset_id}`
  return {
    asset,
    result: `${asset}?tab=${jobDefinition(row.type).result}&jobId=${row.id}`,
    temporal: temporalUrl(row, context),
  }
}

const temporalUrl = (row: JobRow, { temporalUi, namespace }: ViewContext): string | null =>
  row.imported_at ? null : `${temporalUi}/namespaces/${encodeURIComponent(namespace)}/workflows/${workflowIdOf(row.id)}`

/** A job with all that is kept of it. */
export function jobRecordView(row: JobRow, parts: Pick<JobParts, 'steps' | 'warnings'>, context: ViewContext) {
  return {
    ...jobView(row, context),
    error: row.error && { ...summaryOf(row.error), stack: row.error.stack, causes: row.error.causes },
    config: row.config,
    steps: parts.steps.map((step) => stepView(step, row)),
    warningsList: parts.warnings.map(({ code, object, message }) => ({ code, object: object || null, message })),
    cancellation: row.cancel_requested_at && {
      by: row.cancel_requested_by ?? 'Temporal',
      reason: row.cancel_reason,
      requestedAt: row.cancel_requested_at.toISOString(),
    },
    workflow: {
      id: workflowIdOf(row.id),
      runId: row.run_id,
      taskQueue: 'workflows',
      url: temporalUrl(row, context),
    },
  }
}

/** A job with all that its own page shows. */
export function jobDetailView(
  row: JobRow,
  parts: JobParts & { usual: UsualDuration | undefined },
  context: ViewContext,
): JobDetail {
  const job = jobRecordView(row, parts, context)
  return {
    ...job,
    usual: parts.usual ? usualView(parts.usual) : null,
    timing: {
      queuedMs: job.queuedMs ?? (row.ended_at ?? new Date()).getTime() - row.created_at.getTime(),
      steps: job.steps.flatMap(({ name, durationMs }) => (durationMs === null ? [] : [{ name, durationMs }])),
    },
    children: parts.children.map((child) => jobView(child, context)),
    chain: parts.chain.map((attempt) => jobView(attempt, context)),
  }
}

function stepView(step: JobParts['steps'][number], job: JobRow): JobStep {
  return {
    name: step.name,
    label: step.label,
    status: step.status,
    startedAt: iso(step.started_at),
    endedAt: iso(step.ended_at),
    durationMs: stepDurationMs(step, job),
    done: step.done,
    total: step.total,
    unit: step.unit,
    attempts: step.attempts,
    message: step.message,
    lastError: step.last_error,
    nextAttemptAt: iso(step.next_attempt_at),
    takenOverFrom: step.taken_over_from,
  }
}

/** A step that never began on an ended job took no time; one that is open has no duration yet. */
function stepDurationMs(step: JobParts['steps'][number], job: JobRow): number | null {
  if (step.started_at && step.ended_at) return step.ended_at.getTime() - step.started_at.getTime()
  return hasEnded(job.status) ? 0 : null
}

import { zImportedJob, type ImportedJob } from '@plumbline/api'
import type { ArchivedJob } from '@plumbline/store'
import { hasEnded, jobDefinition } from '@plumbline/workflows'
import { isStorable } from '../http/storable-text.ts'

/** Why a job that was active when it was exported arrives as cancelled. */
const importedReason = 'imported'

export type ParsedLine = { kind: 'job'; job: ArchivedJob } | { kind: 'refused'; message: string }

/** The job of one line of an export, as it is to be kept here; one that had not ended is cancelled by who imports it. */
export function archivedJobFromLine(text: string, actor: string, now: Date): ParsedLine {
  const value = parsedJson(text)
  if (value === undefined) return { kind: 'refused', message: 'is not JSON' }
  if (!isStorable(value))
    return { kind: 'refused', message: 'holds a character that no text may hold, or is nested too deep' }
  const parsed = zImportedJob.safeParse(value)
  if (parsed.success) return { kind: 'job', job: archivedJob(parsed.data, actor, now) }
  const [issue] = parsed.error.issues
  return { kind: 'refused', message: issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : 'is not a job' }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function archivedJob(job: ImportedJob, actor: string, now: Date): ArchivedJob {
  const { asset, archive, trigger } = job
  return {
    ...ending(job, actor, now),
    id: job.id,
    type: job.type,
    connection: { id: asset.connectionId, ...archive.connection },
    database: { id: archive.databaseId, name: asset.database },
    schema: archive.schema,
    asset: { id: asset.id, kind: asset.kind, name: asset.name, qualifiedName: asset.qualifiedName },
    config: job.config,
    trigger: { kind: trigger.kind, actor: trigger.actor, scheduleId: trigger.scheduleId ?? null },
    parentJobId: job.parentJobId,
    rootJobId: job.rootJobId,
    retryOf: job.retryOf,
    attempt: job.attempt,
    resolvedByJobId: job.resolvedByJobId,
    createdAt: job.createdAt,
    queuedAt: archive.queuedAt,
    startedAt: job.startedAt,
    percent: job.progress.percent,
    step: archive.step,
    counts: job.counts,
    warnings: job.warnings,
    error: job.error,
    termination: archive.termination,
    runId: job.workflow.runId,
    warningsList: job.warningsList,
  }
}

type Ending = Pick<ArchivedJob, 'status' | 'endedAt' | 'message' | 'cancellation' | 'steps'>

function ending(job: ImportedJob, actor: string, now: Date): Ending {
  const { status, endedAt, message, cancellation } = job
  const steps = stepsOf(job)
  if (hasEnded(status) && endedAt !== null) return { status, endedAt, message, cancellation, steps }
  const at = now.toISOString()
  const { by = actor, requestedAt = at } = cancellation ?? {}
  const stopped = steps.map((step) =>
    step.status === 'running' ? { ...step, status: 'cancelled', endedAt: at } : step,
  )
  return {
    status: 'cancelled',
    endedAt: at,
    message: `Cancelled by ${by}: ${importedReason}`,
    cancellation: { by, requestedAt, reason: importedReason },
    steps: stopped,
  }
}

/** A step that this version does not know has no weight any more: its job has ended, and its percentage stays as it is. */
function stepsOf(job: ImportedJob): ArchivedJob['steps'] {
  const known = jobDefinition(job.type).steps
  return job.steps.map(({ durationMs: _durationMs, nextAttemptAt: _nextAttemptAt, ...step }) => ({
    ...step,
    weight: known.find(({ name }) => name === step.name)?.weight ?? 0,
  }))
}

import type { ConnectionKind } from '@plumbline/connectors/kinds'
import type { AssetKind, Counts, EndedStatus, JobError, JobType, JobWarning, TriggerKind } from '@plumbline/workflows'

/** A job of another installation as it becomes part of this one; always ended. Times are RFC 3339. */
export interface ArchivedJob {
  id: string
  type: JobType
  status: EndedStatus
  connection: { id: string; name: string; kind: ConnectionKind }
  database: { id: string; name: string }
  schema: { id: string; name: string } | null
  asset: { id: string; kind: AssetKind; name: string; qualifiedName: string }
  config: Record<string, unknown>
  trigger: { kind: TriggerKind; actor: string; scheduleId: string | null }
  parentJobId: string | null
  rootJobId: string
  retryOf: string | null
  attempt: number
  resolvedByJobId: string | null
  createdAt: string
  queuedAt: string | null
  startedAt: string | null
  endedAt: string
  percent: number
  step: string | null
  message: string
  counts: Counts
  warnings: number
  error: JobError | null
  cancellation: { by: string; reason: string | null; requestedAt: string } | null
  termination: { by: string; reason: string | null } | null
  runId: string | null
  steps: ArchivedStep[]
  warningsList: JobWarning[]
}

export interface ArchivedStep {
  name: string
  label: string
  weight: number
  unit: string | null
  status: string
  startedAt: string | null
  endedAt: string | null
  done: number | null
  total: number | null
  attempts: number
  message: string | null
  lastError: string | null
  takenOverFrom: string | null
}

/** The jobs that must be in the record before it. */
export function olderIdsOf(job: ArchivedJob): string[] {
  const named = [job.rootJobId, job.retryOf, job.parentJobId, ...job.steps.map((step) => step.takenOverFrom)]
  return [...new Set(named.filter((id) => id !== null))].filter((id) => id !== job.id)
}

import type { Operation } from '@plumbline/api'
import type { OperationRow, RefusalRow } from '@plumbline/store'

export function operationView(row: OperationRow, refusals: readonly RefusalRow[]): Operation {
  // A total that is not counted out yet may turn out too low.
  const total = Math.max(row.total, row.done)
  return {
    id: row.id,
    action: row.action,
    status: row.status,
    progress: { percent: percentOf(row, total), done: row.done, total },
    succeeded: row.succeeded,
    skipped: row.status === 'completed' ? total - row.done : 0,
    refused: row.refused,
    refusals: refusals.map(({ job_id: jobId, reason }) => ({ jobId, reason })),
    mode: row.action === 'retry' ? row.retry_mode : null,
    reason: row.reason,
    actor: row.actor,
    cancelling: row.status === 'running' && row.cancel_requested_at !== null,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    error: row.error,
  }
}

/** 100 exactly when it is through; jobs that left the filter meanwhile make the way shorter, never longer. */
function percentOf({ status, done }: OperationRow, total: number): number {
  if (status === 'completed') return 100
  return total === 0 ? 0 : Math.min(99, Math.floor((100 * done) / total))
}

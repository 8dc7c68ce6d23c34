import type { WorkflowExecutionStatusName } from '@temporalio/client'
import type { JobStatus } from '@plumbline/workflows'

/**
 * What a run's state in Temporal means to users. Total: a state that a newer SDK adds breaks the build here and nowhere else;
 * undefined is "not known", and the job's row stays as it is.
 */
export const statusFromTemporal = {
  RUNNING: 'running',
  PAUSED: 'running',
  CONTINUED_AS_NEW: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'cancelled',
  UNSPECIFIED: undefined,
  UNKNOWN: undefined,
} as const satisfies Record<WorkflowExecutionStatusName, JobStatus | undefined>

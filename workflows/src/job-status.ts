/** The five statuses users know. Everything that lists, filters or colours statuses is derived from here. */
export const jobStatuses = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const
export type JobStatus = (typeof jobStatuses)[number]

export const endedStatuses = ['completed', 'failed', 'cancelled'] as const satisfies readonly JobStatus[]
export type EndedStatus = (typeof endedStatuses)[number]

export const stepStatuses = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const
export type StepStatus = (typeof stepStatuses)[number]

/** The tabs of the Jobs page and the statuses each shows. */
export const jobTabs = {
  all: jobStatuses,
  active: ['pending', 'running'],
  completed: ['completed'],
  failed: ['failed'],
} as const satisfies Record<string, readonly JobStatus[]>
export type JobTab = keyof typeof jobTabs

export const jobFlags = ['cancelling', 'paused'] as const
export type JobFlag = (typeof jobFlags)[number]

export const triggerKinds = ['manual', 'schedule', 'parent', 'retry', 'api'] as const
export type TriggerKind = (typeof triggerKinds)[number]

/** Why a pending job does not run yet, and what a person reads of it. */
export const pendingReasons = {
  starting: 'Starting',
  'waiting-for-slot': 'Waiting for a free slot of its connection',
  'no-worker': 'No worker is polling for this work: start one with the role `workflows`',
  'engine-unreachable': 'Temporal cannot be reached: the job starts by itself when it is back',
} as const
export type PendingReason = keyof typeof pendingReasons

export const jobActions = ['cancel', 'retry'] as const
export type JobAction = (typeof jobActions)[number]
export type ActionDecision = { allowed: true } | { allowed: false; reason: string }

export function hasEnded(status: JobStatus): status is EndedStatus {
  return endedStatuses.some((ended) => ended === status)
}

/** The one rule for what may be done with a job; server and page both ask here. */
export function allowedActions(job: {
  status: JobStatus
  flags: readonly JobFlag[]
  /** False when a newer attempt of the same chain exists. */
  newestAttempt: boolean
}): Record<JobAction, ActionDecision> {
  return { cancel: cancelDecision(job.status, job.flags), retry: retryDecision(job.status, job.newestAttempt) }
}

function cancelDecision(status: JobStatus, flags: readonly JobFlag[]): ActionDecision {
  if (hasEnded(status)) return { allowed: false, reason: `Already ${status}` }
  if (flags.includes('cancelling')) return { allowed: false, reason: 'Already being cancelled' }
  return { allowed: true }
}

function retryDecision(status: JobStatus, newestAttempt: boolean): ActionDecision {
  if (!hasEnded(status)) return { allowed: false, reason: `Still ${status}` }
  if (status === 'completed') return { allowed: false, reason: 'Completed: nothing to retry, start a new job instead' }
  if (!newestAttempt) return { allowed: false, reason: 'A newer attempt of this job exists' }
  return { allowed: true }
}

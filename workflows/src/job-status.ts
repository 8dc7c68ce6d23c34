import type { StepDefinition } from './job-definition.ts'

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

/** `no-worker`: its step waits because no worker polls the queue that does such work. */
export const jobFlags = ['cancelling', 'paused', 'no-worker'] as const
export type JobFlag = (typeof jobFlags)[number]

export const triggerKinds = ['manual', 'schedule', 'parent', 'retry', 'api'] as const
export type TriggerKind = (typeof triggerKinds)[number]

/** Why a pending job does not run yet, and what a person reads of it. */
export const pendingReasons = {
  starting: 'Starting',
  'waiting-for-slot': 'Waiting for a free slot of its connection',
  'connection-paused': 'Its connection is paused: it starts when the connection is resumed',
  'no-worker': 'No worker is polling for this work: start one with the role `workflows`',
  'engine-unreachable': 'Temporal cannot be reached: the job starts by itself when it is back',
} as const
export type PendingReason = keyof typeof pendingReasons

export const retryModes = ['from_start', 'from_failure'] as const
export type RetryMode = (typeof retryModes)[number]

export const jobActions = ['cancel', 'terminate', 'retry', 'retryFromFailure'] as const
export type JobAction = (typeof jobActions)[number]
export type ActionDecision = { allowed: true } | { allowed: false; reason: string }

/** A cancel that was asked for this long ago may be forced: a job whose source answers ends within ten seconds. */
export const terminateAfterMs = 30_000
/** What the finished steps of a failed job found is kept this long, to be taken over by a retry. */
export const resumableForMs = 24 * 3_600_000

export function hasEnded(status: JobStatus): status is EndedStatus {
  return endedStatuses.some((ended) => ended === status)
}

/** What the rule looks at. Ages are in milliseconds, as of now. */
export interface ActionFacts {
  status: JobStatus
  /** Since its cancel was asked for; null when it was not. */
  cancellingMs: number | null
  /** False when a newer attempt of the same chain exists. */
  newestAttempt: boolean
  /** Since it ended; null while it is active. */
  endedMs: number | null
  /** The steps that finished, with the version of their code; null where none did, or nothing of them is kept. */
  finishedSteps: Readonly<Record<string, number>> | null
  steps: readonly Pick<StepDefinition, 'name' | 'label' | 'version'>[]
}

/** The one rule for what may be done with a job; server and page both ask here. */
export function allowedActions(job: ActionFacts): Record<JobAction, ActionDecision> {
  const retry = retryDecision(job)
  return {
    cancel: cancelDecision(job),
    terminate: terminateDecision(job),
    retry,
    retryFromFailure: retry.allowed ? resumeDecision(job) : retry,
  }
}

const allowed: ActionDecision = { allowed: true }
const refused = (reason: string): ActionDecision => ({ allowed: false, reason })

function cancelDecision({ status, cancellingMs }: ActionFacts): ActionDecision {
  if (hasEnded(status)) return refused(`Already ${status}`)
  if (cancellingMs !== null) return refused('Already being cancelled')
  return allowed
}

function terminateDecision({ status, cancellingMs }: ActionFacts): ActionDecision {
  if (hasEnded(status)) return refused(`Already ${status}`)
  if (cancellingMs === null) return refused('Cancel it first: the forced way is for a cancel that does not end')
  if (cancellingMs < terminateAfterMs)
    return refused(`Being cancelled: it can be forced ${terminateAfterMs / 1000} s after the cancel`)
  return allowed
}

function retryDecision({ status, newestAttempt }: ActionFacts): ActionDecision {
  if (!hasEnded(status)) return refused(`Still ${status}`)
  if (status === 'completed') return refused('Completed: nothing to retry, start a new job instead')
  if (!newestAttempt) return refused('A newer attempt of this job exists')
  return allowed
}

function resumeDecision({ finishedSteps, endedMs, steps }: ActionFacts): ActionDecision {
  const finished = Object.entries(finishedSteps ?? {})
  if (finished.length === 0) return refused('No step of it had finished: retry it from the start')
  if ((endedMs ?? 0) > resumableForMs)
    return refused(
      `What its finished steps found was kept for ${resumableForMs / 3_600_000} hours: retry it from the start`,
    )
  const changed = finished.find(([name, version]) => steps.find((step) => step.name === name)?.version !== version)
  if (!changed) return allowed
  const label = steps.find((step) => step.name === changed[0])?.label ?? changed[0]
  return refused(`The code of its step "${label}" changed since: retry it from the start`)
}

import { jobDefinition, type TaskQueue } from '@plumbline/workflows'
import type { Job } from '@plumbline/api'

/** Why a job does not go on though nothing is wrong with it; each is mended in another place. */
export type WaitingReason =
  | { kind: 'connection-paused' }
  | { kind: 'engine-unreachable' }
  | { kind: 'no-worker'; queue: TaskQueue }

/** Null when it goes on, or waits for its turn only. A pending job waits for what it begins with, a running one for its step. */
export function waitingReason(
  job: Pick<Job, 'type' | 'status' | 'flags' | 'progress' | 'pendingReason'>,
): WaitingReason | null {
  if (job.flags.includes('no-worker')) return { kind: 'no-worker', queue: queueOfStep(job) }
  switch (job.pendingReason?.code) {
    case 'no-worker':
      return { kind: 'no-worker', queue: job.pendingReason.queue ?? 'workflows' }
    case 'connection-paused':
    case 'engine-unreachable':
      return { kind: job.pendingReason.code }
    case 'starting':
    case 'waiting-for-slot':
    case undefined:
      return null
  }
}

function queueOfStep({ type, progress }: Pick<Job, 'type' | 'progress'>): TaskQueue {
  return jobDefinition(type).steps.find(({ name }) => name === progress.step)?.queue ?? 'workflows'
}

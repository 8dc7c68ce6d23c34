import { allowedActions, type JobFlag } from '@plumbline/workflows'
import type { Job, JobDetail, JobStep, LogLine } from '@plumbline/api'

/** A running discovery, with what a test cares about put over it. */
export function sampleJob(part: Partial<Job> = {}): Job {
  const status = part.status ?? 'running'
  const flags: JobFlag[] = part.flags ?? []
  const id = part.id ?? 'job-1'
  return {
    id,
    type: 'schema_discovery',
    status,
    flags,
    asset: {
      id: 'asset-shop',
      kind: 'database',
      name: 'shop',
      qualifiedName: 'shop',
      connectionId: 'connection-1',
      database: 'shop',
    },
    progress: {
      percent: status === 'completed' ? 100 : 40,
      step: 'read_catalog',
      done: 4,
      total: 10,
      unit: 'relations',
    },
    message: '',
    createdAt: '2026-01-01T10:00:00.000Z',
    startedAt: '2026-01-01T10:00:01.000Z',
    endedAt: null,
    durationMs: null,
    queuedMs: 1000,
    trigger: { kind: 'manual', actor: 'ada' },
    parentJobId: null,
    rootJobId: id,
    retryOf: null,
    attempt: 1,
    resolvedByJobId: null,
    pendingReason: null,
    counts: {},
    warnings: 0,
    error: null,
    actions: allowedActions({
      status,
      cancellingMs: flags.includes('cancelling') ? 0 : null,
      newestAttempt: true,
      endedMs: null,
      finishedSteps: null,
      steps: [],
    }),
    links: {
      asset: '/assets/asset-shop',
      result: '/assets/asset-shop?tab=schema-changes',
      temporal: 'http://temporal',
    },
    ...part,
  }
}

export function sampleStep(part: Partial<JobStep> = {}): JobStep {
  return {
    name: 'connect',
    label: 'Connect',
    status: 'pending',
    startedAt: null,
    endedAt: null,
    durationMs: null,
    done: null,
    total: null,
    unit: null,
    attempts: 0,
    message: null,
    lastError: null,
    nextAttemptAt: null,
    takenOverFrom: null,
    ...part,
  }
}

export function sampleDetail(part: Partial<JobDetail> = {}): JobDetail {
  return {
    ...sampleJob(part),
    error: null,
    config: {},
    steps: [],
    warningsList: [],
    timing: { queuedMs: 1000, steps: [] },
    usual: null,
    cancellation: null,
    children: [],
    chain: [],
    workflow: { id: 'job-1', runId: null, taskQueue: 'workflows', url: 'http://temporal' },
    ...part,
  }
}

/** The failure of a server that does not listen. */
export const refused = {
  code: 'connection-refused',
  message: 'connect ECONNREFUSED 127.0.0.1:5439',
  retryable: true,
  hint: 'Check that the server runs.',
} as const

export function sampleLine(part: Partial<LogLine> = {}): LogLine {
  return {
    id: '1',
    at: '2026-01-01T10:00:02.345Z',
    level: 'info',
    step: 'read_catalog',
    attempt: 1,
    message: 'Read 200 tables',
    fields: {},
    ...part,
  }
}

import type { JobRow } from '@plumbline/store'
import { expect, test } from 'vitest'
import { jobDetailView, jobView, type ViewContext } from './job-view.ts'

const context: ViewContext = {
  temporalUi: 'http://127.0.0.1:8233',
  namespace: 'data jobs',
  isWorkerMissing: () => false,
}
const createdAt = new Date('2026-03-01T10:00:00Z')
const after = (ms: number) => new Date(createdAt.getTime() + ms)

const pending: JobRow = {
  id: 'j1',
  organization_id: 'o1',
  type: 'schema_discovery',
  status: 'pending',
  connection_id: 'c1',
  asset_id: 'a1',
  schema_id: null,
  database_id: 'a1',
  asset_kind: 'database',
  asset_name: 'shop',
  asset_qualified_name: 'shop',
  database_name: 'shop',
  config: {},
  trigger_kind: 'manual',
  actor: 'ann',
  schedule_id: null,
  parent_job_id: null,
  root_job_id: 'j1',
  retry_of: null,
  attempt: 1,
  newest_attempt: true,
  resolved_by_job_id: null,
  created_at: createdAt,
  queued_at: null,
  started_at: null,
  ended_at: null,
  duration_ms: null,
  percent: 0,
  step: null,
  message: '',
  counts: {},
  warnings: 0,
  error: null,
  cancel_requested_at: null,
  cancel_requested_by: null,
  cancel_reason: null,
  cancel_sent_at: null,
  terminated_by: null,
  terminate_reason: null,
  cleanup_due_at: null,
  paused: false,
  finished_steps: null,
  run_id: null,
  slot_kept: false,
  imported_at: null,
  unreachable: false,
  checked_at: createdAt,
  step_done: null,
  step_total: null,
  step_unit: null,
  position: null,
  connection_paused: false,
}
const running: JobRow = { ...pending, status: 'running', started_at: after(500), percent: 42.9, step: 'read_catalog' }
const failed: JobRow = {
  ...running,
  status: 'failed',
  ended_at: after(2_500),
  duration_ms: 2_000,
  message: 'refused',
  error: {
    code: 'connection-refused',
    message: 'refused',
    retryable: true,
    hint: 'start it',
    stack: 'at connect',
    causes: ['ECONNREFUSED'],
  },
}

const isWarehouse: ViewContext['isWorkerMissing'] = (queue) => queue === 'warehouse'

test.each([
  [pending, context, { code: 'no-worker', queue: 'workflows' }, { isWorkerMissing: () => true }],
  [pending, context, { code: 'starting' }, { isWorkerMissing: isWarehouse }],
  [
    { ...pending, slot_kept: true },
    context,
    { code: 'no-worker', queue: 'warehouse' },
    { isWorkerMissing: isWarehouse },
  ],
  [pending, context, { code: 'starting' }, {}],
  [{ ...pending, created_at: new Date() }, context, { code: 'starting' }, { isWorkerMissing: () => true }],
  [{ ...pending, unreachable: true }, context, { code: 'engine-unreachable' }, {}],
  [{ ...pending, position: 3 }, context, { code: 'waiting-for-slot', position: 3 }, {}],
  [running, context, null, {}],
])('a job says why it waits: %#', (row, at, expected, more) => {
  expect(jobView(row, { ...at, ...more }).pendingReason).toEqual(expected)
})

test('a running job shows whole percents, its step and what may be done with it', () => {
  const view = jobView({ ...running, cancel_requested_at: after(900) }, context)
  expect(view.progress).toMatchObject({ percent: 42, step: 'read_catalog' })
  expect(view.flags).toEqual(['cancelling'])
  expect(view.queuedMs).toBe(500)
  expect(view.actions.cancel).toEqual({ allowed: false, reason: 'Already being cancelled' })
  expect(view.links.temporal).toBe('http://127.0.0.1:8233/namespaces/data%20jobs/workflows/job-j1')
  expect(jobView({ ...pending, imported_at: createdAt }, context).links.temporal).toBeNull()
})

test('the list tells an error without its stack, the detail with it', () => {
  expect(jobView(failed, context).error).toEqual({
    code: 'connection-refused',
    message: 'refused',
    retryable: true,
    hint: 'start it',
  })
  const detail = jobDetailView(
    failed,
    { steps: [], warnings: [], children: [], chain: [failed], usual: undefined },
    context,
  )
  expect(detail.error).toMatchObject({ stack: 'at connect', causes: ['ECONNREFUSED'] })
  expect(detail.chain).toHaveLength(1)
})

test('a step that never began on an ended job took no time', () => {
  const step = {
    job_id: 'j1',
    name: 'store',
    position: 3,
    label: 'Store',
    weight: 25,
    unit: null,
    status: 'pending' as const,
    started_at: null,
    ended_at: null,
    done: null,
    total: null,
    attempts: 0,
    failures: 0,
    message: null,
    last_error: null,
    version: 1,
    result: null,
    next_attempt_at: null,
    taken_over_from: null,
    run_id: null,
    spent_statements: 0,
    spent_ms: 0,
  }
  const durations = (job: JobRow) =>
    jobDetailView(job, { steps: [step], warnings: [], children: [], chain: [], usual: undefined }, context).steps.map(
      ({ durationMs }) => durationMs,
    )
  expect(durations(failed)).toEqual([0])
  expect(durations(running)).toEqual([null])
})

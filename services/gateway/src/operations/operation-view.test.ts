import type { OperationRow } from '@plumbline/store'
import { expect, test } from 'vitest'
import { operationView } from './operation-view.ts'

const row: OperationRow = {
  id: 'o1',
  organization_id: 'org',
  action: 'retry',
  status: 'running',
  filter: {},
  ids: null,
  retry_mode: 'from_failure',
  reason: null,
  actor: 'ann',
  request_id: 'r1',
  total: 10,
  total_capped: false,
  done: 6,
  succeeded: 5,
  refused: 1,
  after_created_at: null,
  after_id: null,
  run_id: null,
  cancel_requested_at: null,
  cancel_requested_by: null,
  error: null,
  created_at: new Date('2026-03-01T10:00:00Z'),
  ended_at: null,
  checked_at: new Date('2026-03-01T10:00:00Z'),
}

test('while it runs, nothing is skipped and it is not through', () => {
  expect(operationView(row, [])).toMatchObject({
    progress: { percent: 60, done: 6, total: 10 },
    skipped: 0,
    mode: 'from_failure',
  })
})

test('at its end the numbers add up: what had left the filter was skipped', () => {
  const { progress, succeeded, refused, skipped } = operationView({ ...row, status: 'completed' }, [])
  expect(progress).toEqual({ percent: 100, done: 6, total: 10 })
  expect(succeeded + refused + skipped).toBe(progress.total)
})

test('one that was stopped skipped nothing: it left jobs alone', () => {
  expect(operationView({ ...row, status: 'cancelled' }, [])).toMatchObject({ skipped: 0, progress: { percent: 60 } })
})

test('more jobs than were counted make the total larger', () => {
  expect(operationView({ ...row, done: 12, status: 'completed' }, [])).toMatchObject({
    skipped: 0,
    progress: { done: 12, total: 12 },
  })
})

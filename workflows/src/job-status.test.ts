import { expect, test } from 'vitest'
import { allowedActions, jobStatuses } from './job-status.ts'

test.each(jobStatuses)('%s: what is refused says why', (status) => {
  const decisions = Object.values(allowedActions({ status, flags: [], newestAttempt: true }))
  expect(decisions.filter((decision) => !decision.allowed && decision.reason === '')).toEqual([])
})

test('an active job can be cancelled once and not retried', () => {
  const running = allowedActions({ status: 'running', flags: [], newestAttempt: true })
  expect(running).toEqual({ cancel: { allowed: true }, retry: { allowed: false, reason: 'Still running' } })
  const cancelling = allowedActions({ status: 'running', flags: ['cancelling'], newestAttempt: true })
  expect(cancelling.cancel).toEqual({ allowed: false, reason: 'Already being cancelled' })
})

test('only the newest attempt that failed or was cancelled can be retried', () => {
  const retry = (status: 'failed' | 'cancelled' | 'completed', newestAttempt: boolean) =>
    allowedActions({ status, flags: [], newestAttempt }).retry.allowed
  expect([retry('failed', true), retry('cancelled', true)]).toEqual([true, true])
  expect([retry('failed', false), retry('completed', true)]).toEqual([false, false])
})

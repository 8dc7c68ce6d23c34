import { expect, test } from 'vitest'
import { allowedActions, jobStatuses, resumableForMs, terminateAfterMs, type ActionFacts } from './job-status.ts'

const steps = [
  { name: 'read', label: 'Read', version: 1 },
  { name: 'store', label: 'Store', version: 1 },
]
const running: ActionFacts = {
  status: 'running',
  cancellingMs: null,
  newestAttempt: true,
  endedMs: null,
  finishedSteps: null,
  steps,
}
const failed: ActionFacts = { ...running, status: 'failed', endedMs: 1_000, finishedSteps: { read: 1 } }
const reasonOf = (facts: ActionFacts, action: keyof ReturnType<typeof allowedActions>) => {
  const decision = allowedActions(facts)[action]
  return decision.allowed ? undefined : decision.reason
}

test.each(jobStatuses)('%s: what is refused says why', (status) => {
  const decisions = Object.values(allowedActions({ ...running, status }))
  expect(decisions.filter((decision) => !decision.allowed && decision.reason === '')).toEqual([])
})

test('an active job can be cancelled once and not retried', () => {
  expect(allowedActions(running)).toMatchObject({
    cancel: { allowed: true },
    retry: { allowed: false, reason: 'Still running' },
    retryFromFailure: { allowed: false, reason: 'Still running' },
  })
  expect(reasonOf({ ...running, cancellingMs: 10 }, 'cancel')).toBe('Already being cancelled')
})

test('a cancel that does not end can be forced after half a minute, not before and not without it', () => {
  expect(reasonOf(running, 'terminate')).toMatch(/^Cancel it first/)
  expect(reasonOf({ ...running, cancellingMs: terminateAfterMs - 1 }, 'terminate')).toMatch(/30 s after/)
  expect(reasonOf({ ...running, cancellingMs: terminateAfterMs }, 'terminate')).toBeUndefined()
  expect(reasonOf({ ...failed, cancellingMs: terminateAfterMs }, 'terminate')).toBe('Already failed')
})

test('only the newest attempt that failed or was cancelled can be retried', () => {
  const retry = (status: ActionFacts['status'], newestAttempt: boolean) =>
    allowedActions({ ...failed, status, newestAttempt }).retry.allowed
  expect([retry('failed', true), retry('cancelled', true)]).toEqual([true, true])
  expect([retry('failed', false), retry('completed', true)]).toEqual([false, false])
})

test('a retry goes on from the failure only where finished steps are kept and their code is the same', () => {
  expect(reasonOf(failed, 'retryFromFailure')).toBeUndefined()
  expect(reasonOf({ ...failed, finishedSteps: null }, 'retryFromFailure')).toMatch(/^No step/)
  expect(reasonOf({ ...failed, endedMs: resumableForMs + 1 }, 'retryFromFailure')).toMatch(/kept for 24 hours/)
  expect(reasonOf({ ...failed, finishedSteps: { read: 0 } }, 'retryFromFailure')).toMatch(/step "Read" changed/)
  expect(reasonOf({ ...failed, finishedSteps: { gone: 1 } }, 'retryFromFailure')).toMatch(/step "gone" changed/)
  expect(reasonOf({ ...failed, newestAttempt: false }, 'retryFromFailure')).toMatch(/newer attempt/)
})

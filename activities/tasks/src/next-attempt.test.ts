import { ApplicationFailure } from '@temporalio/common'
import { expect, test } from 'vitest'
import { nextAttempt } from './next-attempt.ts'

const failure = (type: string, nonRetryable = false) => ApplicationFailure.create({ type, nonRetryable })
const refused = failure('connection-refused')
const retryPolicy = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  maximumAttempts: 8,
  nonRetryableErrorTypes: ['permission-denied'],
} as const
const policy = { ...retryPolicy, nonRetryableErrorTypes: [...retryPolicy.nonRetryableErrorTypes] }

test.each([
  [1, 1_000, 'trying again in 1 s (attempt 2 of 8)'],
  [4, 8_000, 'trying again in 8 s (attempt 5 of 8)'],
  [7, 30_000, 'trying again in 30 s (attempt 8 of 8)'],
])('attempt %i is followed after %i ms', (attempt, delayMs, text) => {
  expect(nextAttempt({ attempt, retryPolicy: policy }, refused, Infinity, 5_000)).toEqual({
    at: new Date(5_000 + delayMs),
    text,
  })
})

test('what Temporal does not try again has no next attempt', () => {
  expect(nextAttempt({ attempt: 8, retryPolicy: policy }, refused)).toBeUndefined()
  expect(nextAttempt({ attempt: 1, retryPolicy: policy }, failure('connection-refused', true))).toBeUndefined()
  expect(nextAttempt({ attempt: 1, retryPolicy: policy }, failure('permission-denied'))).toBeUndefined()
  expect(nextAttempt({ attempt: 1 }, refused)).toBeUndefined()
  expect(nextAttempt({ attempt: 3, retryPolicy: policy }, refused, 3)).toBeUndefined()
})

test('a policy that leaves things out means what Temporal does by itself', () => {
  const retry = { attempt: 9, retryPolicy: { initialInterval: 500 } }
  expect(nextAttempt(retry, refused, Infinity, 0)).toEqual({
    at: new Date(50_000),
    text: 'trying again in 50 s (attempt 10)',
  })
})

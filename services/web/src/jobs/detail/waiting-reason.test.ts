import { expect, it } from 'vitest'
import { sampleJob } from '../../testing/sample-job.ts'
import { waitingReason } from './waiting-reason.ts'

it('names the queue that nobody polls: of the step while it runs, of what it begins with before', () => {
  expect(waitingReason(sampleJob({ flags: ['no-worker'] }))).toEqual({ kind: 'no-worker', queue: 'warehouse' })
  const pending = sampleJob({ status: 'pending', pendingReason: { code: 'no-worker' } })
  expect(waitingReason(pending)).toEqual({ kind: 'no-worker', queue: 'workflows' })
  const first = sampleJob({ status: 'pending', pendingReason: { code: 'no-worker', queue: 'ledger' } })
  expect(waitingReason(first)).toEqual({ kind: 'no-worker', queue: 'ledger' })
})

it('knows what a person can mend from what is only waiting', () => {
  const waiting = (code: 'connection-paused' | 'engine-unreachable' | 'starting' | 'waiting-for-slot') =>
    waitingReason(sampleJob({ status: 'pending', pendingReason: { code } }))
  expect(waiting('connection-paused')).toEqual({ kind: 'connection-paused' })
  expect(waiting('engine-unreachable')).toEqual({ kind: 'engine-unreachable' })
  expect(waiting('waiting-for-slot')).toBeNull()
  expect(waiting('starting')).toBeNull()
  expect(waitingReason(sampleJob())).toBeNull()
})

import { describe, expect, it } from 'vitest'
import { sampleDetail, sampleStep } from '../../testing/sample-job.ts'
import { fromFailureDecision, takenOverLabels } from './from-failure.ts'

/** A discovery whose catalog was read before it failed. */
const actions = { ...sampleDetail({ status: 'failed' }).actions, retryFromFailure: { allowed: true } } as const
const failed = sampleDetail({
  status: 'failed',
  actions,
  config: { include: ['a'], maxRemovedShare: 0.5 },
  steps: [
    sampleStep({ status: 'completed' }),
    sampleStep({ name: 'read_catalog', label: 'Read catalog', status: 'completed' }),
    sampleStep({ name: 'compare', label: 'Compare', status: 'failed' }),
  ],
})

describe('fromFailureDecision', () => {
  it('is the server’s while nothing is edited', () => {
    expect(fromFailureDecision(failed, failed.config)).toEqual({ allowed: true })
    const refused = { allowed: false, reason: 'No step of it had finished' } as const
    const job = { ...failed, actions: { ...actions, retryFromFailure: refused } }
    expect(fromFailureDecision(job, failed.config)).toEqual(refused)
  })

  it('refuses to change what a finished step used, and nothing else', () => {
    const decision = fromFailureDecision(failed, { ...failed.config, include: ['b'] })
    expect(decision).toMatchObject({ allowed: false, reason: expect.stringContaining('“Include” was changed') })
    expect(fromFailureDecision(failed, { ...failed.config, maxRemovedShare: 1 })).toEqual({ allowed: true })
  })

  it('takes a default that is left out for the same', () => {
    expect(fromFailureDecision({ ...failed, config: { partitions: 'shown' } }, {})).toEqual({ allowed: true })
  })
})

it('names the steps that are not run again', () => expect(takenOverLabels(failed)).toEqual(['Connect', 'Read catalog']))

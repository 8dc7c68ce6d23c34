import { jobDefinition } from '@plumbline/workflows'
import { describe, expect, it } from 'vitest'
import { sampleDetail, sampleStep } from '../../testing/sample-job.ts'
import { finishedSteps, fromFailureDecision } from './from-failure.ts'

/** A discovery whose catalog was read before it failed; the field that reading used is taken from the definition. */
const readCatalog = jobDefinition('schema_discovery').steps.find(({ name }) => name === 'read_catalog')
const used = readCatalog?.uses[0] ?? ''
const actions = { ...sampleDetail({ status: 'failed' }).actions, retryFromFailure: { allowed: true } } as const
const failed = sampleDetail({
  status: 'failed',
  actions,
  config: { [used]: ['a'], other: { x: 1, y: 2 } },
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

  it('refuses to change what a finished step used', () => {
    expect(used).not.toBe('')
    const decision = fromFailureDecision(failed, { ...failed.config, [used]: ['b'] })
    expect(decision).toEqual({
      allowed: false,
      reason: `You changed ${used}, which its finished step “Read catalog” used`,
    })
  })

  it('does not mind another order of fields, or a field that no finished step used', () => {
    expect(fromFailureDecision(failed, { other: { y: 2, x: 1 }, [used]: ['a'] }).allowed).toBe(true)
    expect(fromFailureDecision(failed, { ...failed.config, other: 3 }).allowed).toBe(true)
  })

  it('waits with its judgement while the text is no configuration', () => {
    expect(fromFailureDecision(failed, null)).toEqual({ allowed: true })
  })
})

it('names the steps that are not run again', () => expect(finishedSteps(failed)).toEqual(['Connect', 'Read catalog']))

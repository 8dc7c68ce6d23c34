import { describe, expect, it } from 'vitest'
import { refused, sampleJob } from '../testing/sample-job.ts'
import { jobDecisions, refusal } from './actions/job-decisions.ts'
import { jobMessage, pendingText } from './pending-text.ts'
import { amountText, percentText, stepLabel } from './progress-text.ts'

describe('pendingText', () => {
  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [4, '4th'],
    [11, '11th'],
    [12, '12th'],
    [22, '22nd'],
    [113, '113th'],
  ])('place %d is the %s in line', (position, text) => {
    expect(pendingText({ code: 'waiting-for-slot', position })).toContain(`(${text} in line)`)
  })

  it('says nothing of a job that does not wait', () => expect(pendingText(null)).toBeNull())
})

it('says the error of a failed job, the reason of a pending one, else its message', () => {
  expect(jobMessage(sampleJob({ message: '12 tables' }))).toBe('12 tables')
  expect(jobMessage(sampleJob({ status: 'failed', error: refused }))).toBe(refused.message)
  expect(jobMessage(sampleJob({ status: 'pending', pendingReason: { code: 'starting' } }))).toBe('Starting')
  expect(jobMessage(sampleJob({ flags: ['no-worker'], message: 'Read catalog' }))).toContain('Waits for a worker')
})

it('never rounds up to complete', () => {
  expect(percentText(99.97)).toBe('99 %')
  expect(percentText(100)).toBe('100 %')
})

it('names steps as their definition does', () => {
  expect(stepLabel(sampleJob())).toBe('Read catalog')
  const odd = sampleJob({ progress: { ...sampleJob().progress, step: 'unheard_of' } })
  expect(stepLabel(odd)).toBe('unheard_of')
})

it('says how much is done as far as it is known', () => {
  expect(amountText({ done: 1200, total: 4000, unit: 'tables' })).toBe('1,200 of 4,000 tables')
  expect(amountText({ done: 1, total: null, unit: 'tables' })).toBe('1 table')
  expect(amountText({ done: 7, total: null, unit: null })).toBe('7')
  expect(amountText({ done: null, total: 5, unit: 'tables' })).toBeNull()
})

it('asks the role before the job', () => {
  const job = sampleJob({ status: 'failed' })
  expect(refusal(jobDecisions(job, 'viewer').retry)).toContain('operator')
  expect(refusal(jobDecisions(job, 'operator').retry)).toBeNull()
  expect(refusal(jobDecisions(job, 'admin').cancel)).toBe('Already failed')
})

import { expect, it } from 'vitest'
import { sampleJob } from '../../testing/sample-job.ts'
import { leftOut, previewCount } from './bulk-words.ts'

it('says how many, and where the server stopped counting', () => {
  expect(previewCount({ count: 1, capped: false })).toBe('1 job')
  expect(previewCount({ count: 1200, capped: false })).toBe('1,200 jobs')
  expect(previewCount({ count: 10_000, capped: true })).toBe('more than 10,000 jobs')
})

it('groups what is left out by its reason', () => {
  const jobs = [
    sampleJob(),
    sampleJob({ status: 'failed' }),
    sampleJob({ status: 'completed' }),
    sampleJob({ status: 'completed' }),
  ]
  expect(leftOut(jobs, 'cancel')).toEqual([
    { reason: 'Already completed', count: 2 },
    { reason: 'Already failed', count: 1 },
  ])
  expect(leftOut(jobs, 'retry').map(({ count }) => count)).toEqual([2, 1])
})

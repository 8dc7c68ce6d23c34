import { describe, expect, it } from 'vitest'
import { sampleJob } from '../../testing/sample-job.ts'
import { freshJobs } from './fresh-jobs.ts'
import type { Job } from '@plumbline/api'

const now = Date.parse('2026-01-01T12:00:00.000Z')
const created = (id: string, minute: number, part: Partial<Job> = {}): Job =>
  sampleJob({ id, createdAt: new Date(now + minute * 60_000).toISOString(), ...part })
const listOf = (items: Job[], nextCursor: string | null) => ({
  pages: [{ items, nextCursor }],
  pageParams: [undefined],
})
const ids = (jobs: Job[]) => jobs.map(({ id }) => id)

describe('freshJobs', () => {
  const list = listOf([created('b', 2), created('a', 1)], 'more')

  it('finds what is new, and not what is known', () => {
    expect(ids(freshJobs(list, [created('b', 2), created('c', 3)], {}, now))).toEqual(['c'])
  })

  it('is not told of old jobs that lie on a page below', () => {
    expect(freshJobs(list, [created('old', 0)], {}, now)).toEqual([])
    expect(ids(freshJobs(listOf([created('a', 1)], null), [created('old', 0)], {}, now))).toEqual(['old'])
  })

  it('obeys the filters: what failed just now is new on the tab Failed', () => {
    const failed = created('z', 1.5, { status: 'failed' })
    expect(ids(freshJobs(list, [failed, created('running', 3)], { tab: 'failed' }, now))).toEqual(['z'])
  })

  it('obeys the order', () => {
    const long = listOf([created('a', 1, { durationMs: 5000 })], 'more')
    const byDuration = { sort: 'durationMs' as const }
    expect(ids(freshJobs(long, [created('x', 3, { durationMs: 9000 })], byDuration, now))).toEqual(['x'])
    expect(freshJobs(long, [created('x', 3)], byDuration, now)).toEqual([])
    expect(freshJobs(list, [created('x', 3)], { order: 'asc' }, now)).toEqual([])
  })

  it('takes everything while nothing was read', () => {
    expect(ids(freshJobs(undefined, [created('x', 3)], {}, now))).toEqual(['x'])
  })
})

import { describe, expect, it } from 'vitest'
import { refused, sampleDetail, sampleJob } from '../testing/sample-job.ts'
import { mergeIntoDetail, mergeIntoPages, newerJob, unknownJobs } from './live-merge.ts'
import type { Job } from '@plumbline/api'

const at = (percent: number, part: Partial<Job> = {}): Job =>
  sampleJob({ progress: { percent, step: null, done: null, total: null, unit: null }, ...part })
const pagesOf = (...pages: Job[][]) => ({
  pages: pages.map((items) => ({ items, nextCursor: null })),
  pageParams: pages.map(() => undefined),
})
const byId = (...jobs: Job[]) => new Map(jobs.map((job) => [job.id, job]))

describe('newerJob', () => {
  it('takes what went on', () => {
    const next = at(60)
    expect(newerJob(at(40), next)).toBe(next)
    const done = sampleJob({ status: 'completed' })
    expect(newerJob(at(40), done)).toBe(done)
  })

  it('never goes back', () => {
    const known = at(60)
    expect(newerJob(known, at(40))).toBe(known)
    expect(newerJob(known, at(0, { status: 'pending' }))).toBe(known)
    const ended = sampleJob({ status: 'failed' })
    expect(newerJob(ended, at(90))).toBe(ended)
    const fixed = sampleJob({ status: 'failed', resolvedByJobId: 'job-2' })
    expect(newerJob(fixed, sampleJob({ status: 'failed' }))).toBe(fixed)
  })

  it('learns that a failure was fixed', () => {
    const fixed = sampleJob({ status: 'failed', resolvedByJobId: 'job-2' })
    expect(newerJob(sampleJob({ status: 'failed' }), fixed)).toBe(fixed)
  })
})

describe('mergeIntoPages', () => {
  const pages = pagesOf([sampleJob({ id: 'a' }), sampleJob({ id: 'b' })], [sampleJob({ id: 'c' })])

  it('changes a row in its place and leaves the other pages as they are', () => {
    const merged = mergeIntoPages(pages, byId(at(80, { id: 'b' })))
    expect(merged.pages[0]?.items.map((job) => [job.id, job.progress.percent])).toEqual([
      ['a', 40],
      ['b', 80],
    ])
    expect(merged.pages[1]).toBe(pages.pages[1])
  })

  it('never adds a row, and is the same object when nothing changed', () => {
    expect(mergeIntoPages(pages, byId(sampleJob({ id: 'new' })))).toBe(pages)
    expect(mergeIntoPages(pages, byId(at(10, { id: 'a' })))).toBe(pages)
  })
})

describe('mergeIntoDetail', () => {
  it('brings the summary up to date and asks for the steps to be read again', () => {
    const { detail, stale } = mergeIntoDetail(sampleDetail({ config: { a: 1 } }), byId(at(70)))
    expect(detail.progress.percent).toBe(70)
    expect(detail.config).toEqual({ a: 1 })
    expect(stale).toBe(true)
  })

  it('keeps the stack it knows', () => {
    const known = sampleDetail({ status: 'failed', error: { ...refused, stack: 'at x', causes: ['y'] } })
    const { detail } = mergeIntoDetail(
      known,
      byId(sampleJob({ status: 'failed', error: refused, resolvedByJobId: 'z' })),
    )
    expect(detail.error).toMatchObject({ stack: 'at x', causes: ['y'] })
    expect(detail.resolvedByJobId).toBe('z')
  })

  it('notices children and attempts', () => {
    const detail = sampleDetail({ children: [sampleJob({ id: 'child', parentJobId: 'job-1', rootJobId: 'child' })] })
    const done = sampleJob({ id: 'child', parentJobId: 'job-1', rootJobId: 'child', status: 'completed' })
    const merged = mergeIntoDetail(detail, byId(done))
    expect(merged.detail.children[0]?.status).toBe('completed')
    expect(merged.stale).toBe(true)
    const retry = sampleJob({ id: 'job-2', rootJobId: 'job-1', attempt: 2 })
    expect(mergeIntoDetail(detail, byId(retry))).toEqual({ detail, stale: true })
  })

  it('does not care for strangers', () => {
    const detail = sampleDetail()
    expect(mergeIntoDetail(detail, byId(sampleJob({ id: 'x' })))).toEqual({ detail, stale: false })
  })
})

it('knows which jobs no page has', () => {
  const fresh = sampleJob({ id: 'new' })
  expect(unknownJobs(pagesOf([sampleJob({ id: 'a' })]), [sampleJob({ id: 'a' }), fresh])).toEqual([fresh])
  expect(unknownJobs(undefined, [fresh])).toEqual([fresh])
})

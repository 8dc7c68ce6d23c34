import { describe, expect, it } from 'vitest'
import { refused, sampleJob } from '../testing/sample-job.ts'
import { jobMatches } from './job-matches.ts'
import type { JobSearch } from './job-search.ts'
import type { Job } from '@plumbline/api'

const now = Date.parse('2026-01-01T12:00:00.000Z')
const matches = (search: JobSearch, part: Partial<Job> = {}) => jobMatches(sampleJob(part), search, now)

describe('jobMatches', () => {
  it('takes everything without a filter', () => expect(matches({})).toBe(true))

  it('knows the tabs', () => {
    expect(matches({ tab: 'active' })).toBe(true)
    expect(matches({ tab: 'completed' })).toBe(false)
    expect(matches({ tab: 'failed' }, { status: 'failed' })).toBe(true)
    expect(matches({ tab: 'failed' }, { status: 'cancelled' })).toBe(false)
  })

  it('hides what was fixed unless it is asked for', () => {
    const fixed: Partial<Job> = { status: 'failed', resolvedByJobId: 'job-2' }
    expect(matches({ tab: 'failed' }, fixed)).toBe(false)
    expect(matches({ tab: 'failed', resolved: 'shown' }, fixed)).toBe(true)
    expect(matches({}, fixed)).toBe(true)
  })

  it.each<[JobSearch, boolean]>([
    [{ type: ['schema_discovery'] }, true],
    [{ type: ['tag_generation'] }, false],
    [{ status: ['failed', 'running'] }, true],
    [{ status: ['failed'] }, false],
    [{ connectionId: 'connection-1' }, true],
    [{ connectionId: 'other' }, false],
    [{ trigger: 'manual', actor: 'ada' }, true],
    [{ trigger: 'schedule' }, false],
    [{ actor: 'bob' }, false],
    [{ scheduleId: 'schedule-1' }, false],
    [{ rootJobId: 'job-1' }, true],
    [{ parentJobId: 'job-9' }, false],
    [{ range: '24h' }, true],
    [{ range: '1h' }, false],
    [{ createdAfter: '2026-01-01T10:00:00.000Z', createdBefore: '2026-01-01T10:00:00.001Z' }, true],
    [{ createdBefore: '2026-01-01T10:00:00.000Z' }, false],
    [{ q: 'SHOP' }, true],
    [{ q: 'job-1' }, true],
    [{ q: 'nothing like it' }, false],
  ])('%j: %s', (search, expected) => expect(matches(search)).toBe(expected))

  it('knows the jobs of a schedule', () => {
    const trigger = { kind: 'schedule' as const, actor: 'Schedule nightly', scheduleId: 'schedule-1' }
    expect(matches({ scheduleId: 'schedule-1' }, { trigger })).toBe(true)
    expect(matches({ scheduleId: 'schedule-2' }, { trigger })).toBe(false)
  })

  it('searches error texts', () => {
    expect(matches({ q: 'econnrefused' }, { status: 'failed', error: refused })).toBe(true)
  })

  it('takes the asset and all below it', () => {
    const asset = {
      ...sampleJob().asset,
      id: 'table',
      kind: 'table' as const,
      name: 't',
      qualifiedName: 'shop.sales.t',
    }
    const scope = { connectionId: 'connection-1', qualifiedName: 'shop.sales' }
    expect(jobMatches(sampleJob({ asset }), { assetId: 'schema' }, now, scope)).toBe(true)
    expect(jobMatches(sampleJob({ asset }), { assetId: 'table' }, now)).toBe(true)
    expect(jobMatches(sampleJob({ asset }), { assetId: 'schema' }, now)).toBe(false)
    expect(jobMatches(sampleJob({ asset }), { assetId: 's' }, now, { ...scope, qualifiedName: 'shop.sale' })).toBe(
      false,
    )
    expect(jobMatches(sampleJob({ asset }), { assetId: 's' }, now, { ...scope, connectionId: 'other' })).toBe(false)
  })
})

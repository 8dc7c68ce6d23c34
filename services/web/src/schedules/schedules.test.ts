import { describe, expect, it } from 'vitest'
import { sampleSchedule } from '../testing/sample-schedule.ts'
import { lastTick, statusCounts } from './last-tick.ts'
import { parseSchedulesSearch, schedulesQuery } from './schedules-search.ts'
import { targetText } from './target-text.ts'
import type { Schedule } from '@plumbline/api'

const run: Schedule['lastRuns'][number] = {
  at: '2026-01-01T05:00:00.000Z',
  trigger: 'tick',
  jobs: [],
  jobCount: 0,
  message: null,
}
const tick: Schedule['skipped'][number] = {
  at: '2026-01-01T06:00:00.000Z',
  reason: 'overlap',
  message: 'x',
  jobId: 'j',
}

describe('lastTick', () => {
  it('is the newer of what ran and what was skipped', () => {
    expect(lastTick(sampleSchedule())).toBeNull()
    expect(lastTick(sampleSchedule({ lastRuns: [run] }))).toMatchObject({ kind: 'run', at: run.at })
    expect(lastTick(sampleSchedule({ skipped: [tick] }))).toMatchObject({ kind: 'skipped', at: tick.at })
    expect(lastTick(sampleSchedule({ lastRuns: [run], skipped: [tick] }))?.kind).toBe('skipped')
    expect(lastTick(sampleSchedule({ lastRuns: [{ ...run, at: tick.at }], skipped: [tick] }))?.kind).toBe('run')
  })
})

it('counts jobs by status in the order they come', () => {
  const jobs = [{ status: 'failed' }, { status: 'completed' }, { status: 'failed' }] as const
  expect(statusCounts(jobs)).toEqual([
    ['failed', 2],
    ['completed', 1],
  ])
})

it('says what a schedule runs on', () => {
  expect(targetText(null)).toBeNull()
  expect(targetText({ each: 'table' })).toBe('every table below it')
  expect(targetText({ each: 'materialized_view', matching: 'shop.sales.*' })).toBe(
    'every materialized view below it, like shop.sales.*',
  )
})

it('filters by what the address says', () => {
  const search = parseSchedulesSearch({ assetId: 'a', connectionId: '', add: 'open', other: 'x' })
  expect(search).toEqual({ assetId: 'a', connectionId: undefined, add: 'open' })
  expect(schedulesQuery(search)).toEqual({ assetId: 'a', connectionId: undefined })
  expect(parseSchedulesSearch({ add: 'x' }).add).toBeUndefined()
})

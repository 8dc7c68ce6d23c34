import { expect, test } from 'vitest'
import { findRegressions } from './find-regressions.ts'
import { usualDuration } from './usual-duration.ts'

const second = 1_000

/** Runs of so many seconds, named by their place. */
const runsOf = (...seconds: number[]) => seconds.map((s, index) => ({ id: String(index), durationMs: s * second }))
const times = (count: number, seconds: number): number[] => Array.from({ length: count }, () => seconds)
const foundAt = (...seconds: number[]) => findRegressions(runsOf(...seconds)).map(({ run }) => run.id)

test('nothing is usual before there were ten good runs', () => {
  expect(usualDuration(times(9, 1))).toBeUndefined()
  expect(foundAt(...times(9, 10), 100)).toEqual([])
})

test('the limit is three times the median, or one and a half times the 95th percentile, or five seconds more', () => {
  expect(usualDuration(times(10, 60 * second))).toMatchObject({ p50Ms: 60_000, limitMs: 180_000 })
  const wide = [...times(9, 10 * second), ...times(9, 10 * second), 100 * second, 100 * second]
  expect(usualDuration(wide)).toMatchObject({ p50Ms: 10_000, p95Ms: 100_000, limitMs: 150_000 })
  expect(usualDuration(times(10, 100))).toMatchObject({ limitMs: 5_100 })
})

test('only the last thirty runs count', () => {
  expect(usualDuration([...times(100, 1), ...times(30, 50)])).toMatchObject({ runs: 30, p50Ms: 50, p95Ms: 50 })
})

test('a slow run is found with what was usual before it', () => {
  expect(findRegressions(runsOf(...times(12, 10), 31))).toEqual([
    {
      run: { id: '12', durationMs: 31_000 },
      usual: { runs: 12, p50Ms: 10_000, p95Ms: 10_000, limitMs: 30_000, noiseMs: 10_000 },
      before: { id: '11', durationMs: 10_000 },
      surelySlow: { id: '12', durationMs: 31_000 },
    },
  ])
  expect(foundAt(...times(12, 10), 30)).toEqual([])
})

test('a run of slow runs is found once, and the next one again', () => {
  expect(foundAt(...times(12, 10), ...times(5, 40), 10, 40)).toEqual(['12', '18'])
})

test('a stretch goes on over runs that are longer than nearly all before it', () => {
  expect(foundAt(...times(12, 10), 40, 20, 40)).toEqual(['12'])
  expect(foundAt(...times(12, 10), 40, 20, 10, 40)).toEqual(['12', '15'])
})

test('a slow run that noise explains is found when the next one is slow too', () => {
  const noisy = Array.from({ length: 30 }, (_, index) => (index % 5 === 0 ? 24 : 10))
  expect(foundAt(...noisy, 40, ...times(3, 10))).toEqual([])
  expect(findRegressions(runsOf(...noisy, 40, 41))).toMatchObject([{ run: { id: '30' }, surelySlow: { id: '31' } }])
  expect(foundAt(...noisy, 90)).toEqual(['30'])
})

test('what stays slow becomes usual after ten runs', () => {
  expect(foundAt(...times(30, 10), ...times(40, 40), 125)).toEqual(['30', '70'])
})

test('a job that becomes longer little by little is not found: each step is what was usual', () => {
  expect(foundAt(...Array.from({ length: 100 }, (_, index) => 10 + index))).toEqual([])
})

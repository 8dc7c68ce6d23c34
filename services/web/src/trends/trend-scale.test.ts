import { expect, test } from 'vitest'
import { parseTrendSearch, trendQuery } from './trend-search.ts'
import { trendScale } from './trend-scale.ts'

const size = { width: 700, height: 100, padding: { top: 0, right: 0, bottom: 0, left: 0 } }

test.each([
  [0, 2],
  [2, 2],
  [3, 4],
  [7, 10],
  [11, 20],
  [100, 100],
  [4_100, 10_000],
])('an axis for values up to %i ends at %i', (highest, top) => {
  const { ticks, y } = trendScale(10, highest, size)
  expect(ticks).toEqual([0, top / 2, top])
  expect([y(0), y(top)]).toEqual([100, 0])
})

test('names of buckets do not touch', () => {
  expect(trendScale(7, 1, size).named).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(trendScale(28, 1, size).named).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27])
})

test('an address is read leniently, and asks for whole minutes back from now', () => {
  expect(parseTrendSearch({ type: 'nonsense', range: '7d', assetId: ' ' })).toEqual({ range: '7d' })
  const nowMs = Date.UTC(2026, 0, 31, 12, 0, 30)
  expect(trendQuery({ range: '24h' }, nowMs, 'UTC')).toMatchObject({
    from: '2026-01-30T12:01:00.000Z',
    to: '2026-01-31T12:01:00.000Z',
  })
})

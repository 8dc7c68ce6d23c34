import { expect, test } from 'vitest'
import { periodsOf } from './text-periods.ts'

const from = Date.UTC(2019, 4, 17, 13, 1)
const to = Date.UTC(2026, 10, 24, 15, 30)

test.each(['asc', 'desc'] as const)('periods cover a range without gap or overlap, in order (%s)', (order) => {
  const periods = periodsOf(from, to, order)
  const inTime = order === 'asc' ? periods : periods.toReversed()
  expect(inTime.map((period) => period.from)).toEqual([from, ...inTime.map((period) => period.to).slice(0, -1)])
  expect(inTime.at(-1)?.to).toBe(to)
  expect(inTime.every((period) => period.from < period.to)).toBe(true)
  expect(periods.length).toBeLessThan(30)
})

test('codes are those that the record computes', () => {
  const [week] = periodsOf(to - 1, to, 'desc')
  expect(week?.code).toBe(2968)
  const codes = periodsOf(from, to, 'desc').map((period) => period.code)
  expect(codes.slice(2, 4)).toEqual([100_000 + 2026 * 12 + 10, 100_000 + 2026 * 12 + 9])
  expect(codes.at(-1)).toBe(202_019)
})

test('an empty range has no period', () => {
  expect(periodsOf(to, from, 'desc')).toEqual([])
})

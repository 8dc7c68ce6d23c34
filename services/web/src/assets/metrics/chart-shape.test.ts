import { expect, it } from 'vitest'
import { chartShape } from './chart-shape.ts'
import { axisTimes, pointText, tickText, valueText } from './metric-texts.ts'
import type { MetricPoint } from '@plumbline/api'

const size = { width: 120, height: 60, padding: { top: 10, right: 10, bottom: 10, left: 10 } }

const point = (day: number, value: number | null, more: Partial<MetricPoint> = {}): MetricPoint => ({
  at: `2026-01-0${day}T00:00:00.000Z`,
  value,
  noData: value === null ? 'no_rows' : null,
  method: 'exact',
  expected: null,
  low: null,
  high: null,
  anomaly: null,
  knownBad: false,
  knownBadBy: null,
  jobId: 'job',
  ...more,
})

it('draws a point without a value as a gap, not as zero', () => {
  const shape = chartShape([point(1, 5), point(2, 6), point(3, null), point(4, 5), point(5, 7)], size)
  expect(shape.lines).toHaveLength(2)
  expect(shape.points.map(({ y }) => y === null)).toEqual([false, false, true, false, false])
  expect(shape.points.map(({ x }) => x)).toEqual([10, 35, 60, 85, 110])
})

it('draws the expected range only where there was one, and makes room for it', () => {
  const shape = chartShape([point(1, 5), point(2, 6, { low: 0, high: 12 }), point(3, 5, { low: 1, high: 11 })], size)
  expect(shape.bands).toHaveLength(1)
  expect(shape.bands[0]?.match(/[ML]/g)).toHaveLength(4)
  expect(shape.ticks.at(-1)?.value).toBeGreaterThan(12)
})

it('puts a constant, and a single point, in the middle', () => {
  const [only] = chartShape([point(1, 5)], size).points
  expect(only).toMatchObject({ x: 60 })
  expect(only?.y).toBeCloseTo(30, 0)
})

const largest = Number.MAX_VALUE
it.each([
  [1e308, -1e308],
  [largest, -largest],
  [largest, largest],
  [5e-324, 1e-323],
  [5e-324, 5e-324],
  [0, 0],
  [-1e-310, 1e308],
  [-1e308, -9e307],
])('draws %d and %d inside of the chart', (first, second) => {
  const wide = { low: -largest, high: largest }
  const points = [point(1, first), point(2, second), point(3, second, largest === first ? wide : {})]
  const { lines, bands, ticks, points: placed } = chartShape(points, size)
  for (const y of [...placed.map((one) => one.y), ...ticks.map((tick) => tick.y)]) {
    expect(y).toBeGreaterThanOrEqual(size.padding.top)
    expect(y).toBeLessThanOrEqual(size.height - size.padding.bottom)
  }
  expect(ticks.every(({ value }) => Number.isFinite(value))).toBe(true)
  expect([...lines, ...bands].join('')).not.toMatch(/NaN|Infinity/)
  expect(placed[0]?.y === placed[1]?.y).toBe(first === second)
})

it('says of values what they are', () => {
  expect(valueText('null_share', 0.0523)).toBe('5.23 %')
  expect(valueText('latest', 1_767_225_600)).toBe('2026-01-01')
  expect(valueText('latest', 1_767_225_660)).toBe('2026-01-01 00:01')
  expect(valueText('row_count', 1_234_567)).toBe('1,234,567')
  expect(tickText('row_count', 1_124.03)).toBe('1.124K')
  expect(tickText('null_share', 0.05)).toBe('5 %')
  expect(tickText('latest', 1_767_225_600)).toBe('2026-01-01')
  expect(valueText('mean', 1e20)).toBe('1.00e+20')
  expect(tickText('mean', 1.06e308)).toBe('1.06e+308')
  expect(tickText('mean', -5e-324)).toBe('-4.94e-324')
  expect(tickText('mean', 0)).toBe('0')
  expect(pointText('mean', point(1, null))).toBe('no data, there were no rows to measure; nothing expected yet')
  expect(pointText('mean', point(1, null, { noData: 'all_null' }))).toContain('every value is null')
  expect(pointText('row_count', point(1, 5, { low: 7, high: 9, method: 'estimate' }))).toBe(
    '5, estimated from the size of the table; expected 7 to 9',
  )
})

it('writes days below the axis, and of one day the times', () => {
  const at = (time: string) => Date.parse(`2026-01-0${time}:00Z`)
  expect(axisTimes(at('1T09:30'), at('3T09:30'))).toEqual(['Jan 1', 'Jan 3'])
  expect(axisTimes(at('1T00:05'), at('1T09:30'))).toEqual(['Jan 1, 00:05', '09:30'])
  expect(axisTimes(at('1T09:30'), at('1T09:30'))).toEqual(['Jan 1, 09:30', ''])
})

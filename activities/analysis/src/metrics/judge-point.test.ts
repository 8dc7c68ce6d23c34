import { describe, expect, test } from 'vitest'
import { judgePoint, minHistory, type JudgeOptions } from './judge-point.ts'

const dayMs = 86_400_000
const monday = Date.UTC(2025, 0, 6, 3)
const both = { direction: 'both', minPercent: 3, minDeviation: 0 } as const

/** A small deviation that repeats nothing: between -1 and 1. */
const wobble = (day: number): number => Math.sin(day * 12.9898) * Math.cos(day * 78.233)
const dateOf = (day: number): Date => new Date(monday + day * dayMs)

function series(days: number, value: (day: number) => number, keep: (day: number) => boolean = () => true) {
  const kept = Array.from({ length: days }, (_, day) => day).filter(keep)
  return { at: kept.map((day) => monday + day * dayMs), values: kept.map(value) }
}

const judge = (history: ReturnType<typeof series>, day: number, value: number, options: Partial<JudgeOptions> = {}) =>
  judgePoint(history, { at: monday + day * dayMs, value }, { ...both, ...options })

describe('what is expected', () => {
  const flat = (day: number): number => 1_000 + 10 * wobble(day)

  test('nothing before there is enough history', () => {
    expect(judge(series(minHistory - 1, flat), minHistory, 5)).toEqual({ expectation: null, anomaly: null })
    expect(judge(series(minHistory, flat), minHistory, 5).anomaly).toBe('low')
  })

  test('a range around the usual, and values beyond it are anomalies by their side', () => {
    const { expectation, anomaly } = judge(series(60, flat), 60, 1_003)
    expect(anomaly).toBeNull()
    expect(expectation?.expected).toBeCloseTo(1_000, -1)
    expect(judge(series(60, flat), 60, 1_200).anomaly).toBe('high')
    expect(judge(series(60, flat), 60, 0).anomaly).toBe('low')
  })

  test('a quiet Sunday is expected on Sundays, and only there', () => {
    const weekly = (day: number): number => (dateOf(day).getUTCDay() === 0 ? 200 : 1_000) * (1 + 0.01 * wobble(day))
    const history = series(62, weekly)
    expect(dateOf(62).getUTCDay()).toBe(0)
    expect(judge(history, 62, 205).anomaly).toBeNull()
    expect(judge(history, 62, 1_000).anomaly).toBe('high')
    expect(judge(series(63, weekly), 63, 205).anomaly).toBe('low')
  })

  test('a busy first of the month is expected once it came three times', () => {
    const monthly = (day: number): number => (dateOf(day).getUTCDate() === 1 ? 1_800 : 1_000) + 10 * wobble(day)
    const first = (month: number): number => (Date.UTC(2025, month, 1, 3) - monday) / dayMs
    expect(judge(series(first(2), monthly), first(2), 1_800).anomaly).toBe('high')
    expect(judge(series(first(6), monthly), first(6), 1_800).anomaly).toBeNull()
    const { at, values } = series(first(6), monthly)
    const jittered = { at: at.map((time, day) => time + (day % 3) * 2_400_000), values }
    expect(judge(jittered, first(6), 1_800).anomaly).toBeNull()
    expect(judge(jittered, first(6) + 1, 1_800).anomaly).toBe('high')
  })

  test('what a holiday did a year ago it may do again', () => {
    const off = (day: number): number => (day % 365 === 100 ? 300 : 1_000) + 10 * wobble(day)
    expect(judge(series(465, off), 465, 310).anomaly).toBeNull()
    expect(judge(series(466, off), 466, 310).anomaly).toBe('low')
  })

  test('growth is carried on, across days without a measurement', () => {
    const growing = (day: number): number => 1_000 + 40 * day + 10 * wobble(day)
    const history = series(90, growing, (day) => day % 5 !== 0 && (day < 60 || day > 67))
    expect(judge(history, 92, 1_000 + 40 * 92).anomaly).toBeNull()
    expect(judge(history, 92, 1_000 + 40 * 70).anomaly).toBe('low')
  })

  test('a new level is an anomaly at first and the usual after a while', () => {
    const shifted = (day: number): number => (day < 100 ? 1_000 : 1_500) + 10 * wobble(day)
    expect(judge(series(100, shifted), 100, 1_500).anomaly).toBe('high')
    expect(judge(series(120, shifted), 120, 1_500).anomaly).toBeNull()
    expect(judge(series(120, shifted), 120, 1_000).anomaly).toBe('low')
  })

  test('anomalies of before do not become the usual', () => {
    const spiky = (day: number): number => (day % 19 === 3 ? 9_000 : 1_000) + 10 * wobble(day)
    expect(judge(series(100, spiky), 101, 9_000).anomaly).toBe('high')
  })
})

test.each([1e120, 1e308, -1e308])('values as large as %d have an expected range, and anomalies', (large) => {
  const flat = series(40, (day) => large * (1 + 0.01 * wobble(day)))
  const { expectation, anomaly } = judge(flat, 40, large)
  expect(anomaly).toBeNull()
  expect((expectation?.expected ?? 0) / large).toBeCloseTo(1, 1)
  expect(Object.values(expectation ?? {}).every(Number.isFinite)).toBe(true)
  expect(judge(flat, 40, 0).anomaly).toBe(large > 0 ? 'low' : 'high')
})

describe('what is an anomaly', () => {
  const constant = series(40, () => 500)

  test('of a constant, whatever is far enough off', () => {
    expect(judge(constant, 40, 501).anomaly).toBeNull()
    expect(judge(constant, 40, 520).anomaly).toBe('high')
    expect(judge(constant, 40, 520, { minPercent: 10 }).anomaly).toBeNull()
  })

  test('zero after zeros is none, a first one is', () => {
    const zeros = series(40, () => 0)
    expect(judge(zeros, 40, 0).anomaly).toBeNull()
    expect(judge(zeros, 40, 1).anomaly).toBe('high')
  })

  test('only the side that was asked for', () => {
    const up = { direction: 'up', minPercent: 3, minDeviation: 0 } as const
    expect(judgePoint(constant, { at: monday + 40 * dayMs, value: 0 }, up).anomaly).toBeNull()
    expect(judgePoint(constant, { at: monday + 40 * dayMs, value: 900 }, up).anomaly).toBe('high')
  })
})

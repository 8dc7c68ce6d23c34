import { describe, expect, it } from 'vitest'
import { durationText, elapsedMs, tickingText } from './duration.ts'

describe('durationText', () => {
  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [59_999, '59.9 s'],
    [60_000, '1 m 00 s'],
    [187_000, '3 m 07 s'],
    [3_600_000, '1 h 00 m'],
    [7_500_000, '2 h 05 m'],
    [86_400_000 * 3 + 3_600_000 * 4, '3 d 4 h'],
    [-5, '0 ms'],
  ])('%d ms reads %s', (ms, text) => expect(durationText(ms)).toBe(text))
})

it('ticks in whole seconds', () => {
  expect(tickingText(340)).toBe('0 s')
  expect(tickingText(59_900)).toBe('59 s')
  expect(tickingText(61_900)).toBe('1 m 01 s')
})

describe('elapsedMs', () => {
  const startedAt = '2026-01-01T10:00:00.000Z'
  const now = Date.parse('2026-01-01T10:00:05.000Z')

  it('counts up to now while it runs', () => {
    expect(elapsedMs({ startedAt, endedAt: null, durationMs: null }, now)).toBe(5000)
  })
  it('is the recorded duration afterwards', () => {
    expect(elapsedMs({ startedAt, endedAt: startedAt, durationMs: 42 }, now)).toBe(42)
  })
  it('is null before it began, and never negative when clocks differ', () => {
    expect(elapsedMs({ startedAt: null, endedAt: null, durationMs: null }, now)).toBeNull()
    expect(elapsedMs({ startedAt, endedAt: null, durationMs: null }, now - 60_000)).toBe(0)
  })
})

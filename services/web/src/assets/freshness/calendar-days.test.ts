import { expect, test } from 'vitest'
import { calendarWeeks, isKnown } from './calendar-days.ts'
import type { FreshnessHistory } from '@plumbline/api'

const at = (day: number, hour = 12): string => new Date(2026, 2, day, hour).toISOString()
const update = (day: number) => ({ at: at(day), after: null, method: 'counters' as const, confidence: 0.9 })
const history = (more: Partial<FreshnessHistory>): FreshnessHistory => ({
  from: at(4),
  to: at(17),
  updates: [],
  states: [],
  truncated: false,
  ...more,
})

test('days stand in weeks from Monday on, and count their updates', () => {
  const weeks = calendarWeeks(history({ updates: [update(4), update(10), update(10)] }), at(17))
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7])
  // The fourth of March 2026 is a Wednesday.
  expect(weeks[0]?.map((day) => day?.updates ?? null)).toEqual([null, null, 1, 0, 0, 0, 0])
  expect(weeks[1]?.[1]).toMatchObject({ updates: 2, state: null })
  expect(weeks[2]?.map((day) => day?.date.getDate() ?? null)).toEqual([16, 17, null, null, null, null, null])
})

test('a day shows the worst of the states it saw', () => {
  const states = [
    { at: at(5), state: 'fresh' as const },
    { at: at(7, 6), state: 'stale' as const },
    { at: at(7, 9), state: 'fresh' as const },
  ]
  const days = calendarWeeks(history({ states }), at(17)).flat()
  const stateOn = (date: number) => days.find((day) => day?.date.getDate() === date)?.state
  expect([4, 5, 6, 7, 8, 17].map(stateOn)).toEqual([null, 'fresh', 'fresh', 'stale', 'fresh', 'fresh'])
})

test('days before the first check and after the last are not known, unless an update of theirs is', () => {
  const states = [
    { at: at(6), state: 'unknown' as const },
    { at: at(8), state: 'fresh' as const },
  ]
  const days = calendarWeeks(history({ states, updates: [update(5)] }), at(12)).flat()
  const known = days.flatMap((day) => (day !== null && isKnown(day) ? [day.date.getDate()] : []))
  expect(known).toEqual([5, 8, 9, 10, 11, 12])
})

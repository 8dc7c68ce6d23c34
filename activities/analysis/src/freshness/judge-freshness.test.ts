import { defaultExpectation, type FreshnessExpectation, type FreshnessFinding } from '@plumbline/workflows'
import { describe, expect, test } from 'vitest'
import { wallClockOf } from '../time/wall-clock.ts'
import { backTest } from './back-test.ts'
import type { UpdatePoint } from './intervals.ts'
import { judgeAgain, judgeFreshness } from './judge-freshness.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const minuteMs = 60_000
const berlin = wallClockOf('Europe/Berlin')

/** A wall time in Berlin as a moment. */
const at = (text: string): number => berlin.momentOf(Date.parse(`${text}Z`))
const inBerlin: FreshnessExpectation = {
  ...defaultExpectation,
  calendar: { timezone: 'Europe/Berlin', windows: [], dates: [] },
}
const found = (last: number | null, more: Partial<FreshnessFinding> = {}): FreshnessFinding => ({
  last:
    last === null
      ? null
      : {
          at: new Date(last).toISOString(),
          after: null,
          method: 'counters',
          confidence: 0.9,
          evidence: [],
          column: null,
          partition: null,
        },
  quietSince: null,
  reason: null,
  partitions: 0,
  ...more,
})
const state = (last: number, expectation: FreshnessExpectation, now: number, history: UpdatePoint[] = []) =>
  judgeFreshness(found(last), expectation, history, now).state

/** The same numbers in every run. */
function jitter(seed: number): () => number {
  let value = seed
  return () => {
    value = (value * 1_103_515_245 + 12_345) % 2 ** 31
    return value / 2 ** 31
  }
}

/** Updates at hours of the wall clock, a few minutes late each, on the days that count. */
function daily(
  from: string,
  days: number,
  options: { hours: number[]; on?: (weekday: number) => boolean },
): UpdatePoint[] {
  const random = jitter(7)
  const first = Date.parse(`${from}T00:00:00Z`)
  return Array.from({ length: days }, (_, index) => first + index * dayMs)
    .filter((day) => options.on?.(new Date(day).getUTCDay()) ?? true)
    .flatMap((day) => options.hours.map((hour) => berlin.momentOf(day + hour * hourMs) + random() * 10 * minuteMs))
    .map((moment) => ({ at: Math.round(moment), after: null }))
}
const workday = (weekday: number): boolean => weekday >= 1 && weekday <= 5

describe('an interval that a person expects', () => {
  const hourly: FreshnessExpectation = { ...inBerlin, interval: '1h', tolerance: '30m' }
  const last = at('2026-06-10T12:00:00')

  test('is fresh, late within the tolerance, and then stale', () => {
    expect(state(last, hourly, last + 50 * minuteMs)).toBe('fresh')
    expect(state(last, hourly, last + 80 * minuteMs)).toBe('late')
    expect(state(last, hourly, last + 95 * minuteMs)).toBe('stale')
  })

  test('is judged again by the time alone', () => {
    const verdict = judgeFreshness(found(last), hourly, [], last)
    for (const minutes of [50, 80, 95]) {
      const now = last + minutes * minuteMs
      expect(judgeAgain(verdict, now)).toEqual(judgeFreshness(found(last), hourly, [], now))
    }
    const learning = judgeFreshness(found(last), inBerlin, [], last)
    expect(judgeAgain(learning, last + dayMs)).toEqual(learning)
  })

  test('does not run while the calendar is closed', () => {
    const closed: FreshnessExpectation = {
      ...hourly,
      calendar: {
        timezone: 'Europe/Berlin',
        windows: [
          { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' },
          { days: [0, 6], from: '00:00', to: '00:00' },
        ],
        dates: ['2026-06-15'],
      },
    }
    const friday = at('2026-06-12T21:30:00')
    // Half an hour on Friday; Saturday, Sunday and the named Monday are closed, and Tuesday begins at six.
    const { expected } = judgeFreshness(found(friday), closed, [], at('2026-06-14T12:00:00'))
    expect(expected?.expectedBy).toBe(new Date(at('2026-06-16T06:30:00')).toISOString())
    expect(state(friday, closed, at('2026-06-16T07:30:00'))).toBe('stale')
  })

  test('of a day is a day on the wall, of an hour an hour, where the clocks change', () => {
    const day: FreshnessExpectation = { ...inBerlin, interval: '1d', tolerance: '1h' }
    const dueOf = (update: number, given: FreshnessExpectation) =>
      judgeFreshness(found(update), given, [], update).expected?.expectedBy
    expect(dueOf(at('2026-03-28T06:00:00'), day)).toBe(new Date(at('2026-03-29T06:00:00')).toISOString())
    expect(dueOf(at('2026-10-24T06:00:00'), day)).toBe(new Date(at('2026-10-25T06:00:00')).toISOString())
    for (const night of ['2026-03-29T01:30:00', '2026-10-25T01:30:00']) {
      expect(Date.parse(dueOf(at(night), hourly) ?? '') - at(night)).toBeGreaterThanOrEqual(hourMs)
    }
  })

  test('is overdue also where no update was ever seen for longer', () => {
    const quiet = found(null, { quietSince: new Date(last).toISOString(), reason: 'no-change-seen' })
    expect(judgeFreshness(quiet, hourly, [], last + hourMs).state).toBe('unknown')
    expect(judgeFreshness(quiet, hourly, [], last + 2 * hourMs).state).toBe('stale')
    expect(judgeFreshness(quiet, inBerlin, [], last + 99 * dayMs).state).toBe('unknown')
  })

  test('is never due where the calendar leaves no time', () => {
    const windows = [{ days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00' }]
    const never = { ...hourly, calendar: { timezone: 'UTC', windows, dates: [] } }
    expect(judgeFreshness(found(last), never, [], last + 99 * dayMs)).toMatchObject({ state: 'fresh', expected: null })
  })
})

test('a failed look is an error only where nothing else tells', () => {
  const now = at('2026-06-10T12:00:00')
  expect(judgeFreshness(found(null, { reason: 'statement-timeout' }), inBerlin, [], now).state).toBe('error')
  expect(judgeFreshness(found(null, { reason: 'view' }), inBerlin, [], now).state).toBe('unknown')
  const beside = found(now, { reason: 'statement-timeout' })
  expect(judgeFreshness(beside, { ...inBerlin, interval: '1h' }, [], now).state).toBe('fresh')
})

describe('what is learned', () => {
  test('judges nothing before there is enough, and says how much is missing', () => {
    const history = daily('2026-05-04', 9, { hours: [6] })
    const { at: last } = history.at(-1) ?? { at: 0 }
    const verdict = judgeFreshness(found(last), inBerlin, history, last + 9 * dayMs)
    expect(verdict.state).toBe('learning')
    expect(verdict.learning).toMatchObject({ intervals: 8, intervalsNeeded: 8, spanMsNeeded: 14 * dayMs })
  })

  test('knows weekends: a table loaded on working days is not missed on Sunday, but on Monday', () => {
    const history = daily('2026-04-06', 33, { hours: [6], on: workday })
    const friday = history.at(-1)?.at ?? 0
    expect(new Date(friday).getUTCDay()).toBe(5)
    expect(state(friday, inBerlin, at('2026-05-10T20:00:00'), history)).toBe('fresh')
    expect(state(friday, inBerlin, at('2026-05-12T06:00:00'), history)).toBe('stale')
    const thursday = history.slice(0, -1)
    expect(state(thursday.at(-1)?.at ?? 0, inBerlin, at('2026-05-09T09:00:00'), thursday)).toBe('stale')
  })

  test('judges an update beside the usual hour by its weekday', () => {
    const history = [
      ...daily('2026-04-06', 32, { hours: [6], on: workday }),
      { at: at('2026-05-07T15:00:00'), after: null },
    ]
    const thursday = history.at(-1)?.at ?? 0
    expect(new Date(thursday).getUTCDay()).toBe(4)
    expect(state(thursday, inBerlin, at('2026-05-08T05:00:00'), history)).toBe('fresh')
    expect(state(thursday, inBerlin, at('2026-05-09T09:00:00'), history)).toBe('stale')
  })

  test('knows hours: nothing is missed at night, and an update beside the hours makes none due', () => {
    const hours = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]
    const history = daily('2026-04-06', 33, { hours, on: workday })
    const friday = history.at(-1)?.at ?? 0
    expect(state(friday, inBerlin, at('2026-05-11T07:00:00'), history)).toBe('fresh')
    expect(state(friday, inBerlin, at('2026-05-11T18:00:00'), history)).toBe('stale')
    const saturday = at('2026-05-09T15:00:00')
    expect(state(saturday, inBerlin, at('2026-05-11T07:30:00'), history)).toBe('fresh')
    const noon = history.filter((point) => point.at < at('2026-05-08T12:30:00'))
    expect(state(noon.at(-1)?.at ?? 0, inBerlin, at('2026-05-08T16:30:00'), noon)).toBe('stale')
  })

  test.each(['low', 'medium', 'high'] as const)(
    'raises no alarm over the changes of the clocks (%s)',
    (sensitivity) => {
      const history = daily('2026-02-02', 120, { hours: [6] })
      const { alarms, judged } = backTest(history, { ...inBerlin, sensitivity }, (history.at(-1)?.at ?? 0) + hourMs)
      expect(judged).toBeGreaterThan(90)
      expect(alarms).toEqual([])
    },
  )

  test('begins again where the rhythm changes, and keeps to the new one', () => {
    const hourly = daily('2026-03-02', 21, { hours: Array.from({ length: 24 }, (_, hour) => hour) })
    const once = daily('2026-03-23', 28, { hours: [6] })
    const history = [...hourly, ...once]
    const last = history.at(-1)?.at ?? 0
    expect(state(last, inBerlin, last + 20 * hourMs, history)).toBe('fresh')
    expect(state(last, inBerlin, last + 60 * hourMs, history)).toBe('stale')
    const { alarms } = backTest(history, inBerlin, last + hourMs)
    // The change itself is one: until a week of the new rhythm was seen. After that it is the rhythm.
    const afterward = at('2026-04-06T00:00:00')
    expect(alarms.length).toBeGreaterThan(0)
    expect(alarms.filter(({ from }) => from > afterward)).toEqual([])
  })

  test('leaves out what nobody watched', () => {
    const watched = daily('2026-04-06', 40, { hours: [0, 4, 8, 12, 16, 20] }).map(({ at: moment }) => ({
      at: moment,
      after: moment - hourMs,
    }))
    const blind = watched.filter(
      ({ at: moment }) => moment < at('2026-04-20T00:00:00') || moment > at('2026-04-24T00:00:00'),
    )
    const resumed = blind.map((point) =>
      point.at > at('2026-04-24T00:00:00') && point.at < at('2026-04-24T02:00:00')
        ? { ...point, after: at('2026-04-20T00:00:00') }
        : point,
    )
    const last = resumed.at(-1)?.at ?? 0
    expect(state(last, inBerlin, last + 12 * hourMs, resumed)).toBe('stale')
  })

  test('with a higher sensitivity raises more alarms, never fewer, and finds the outage', () => {
    const random = jitter(3)
    const history = daily('2026-03-02', 60, { hours: [0, 3, 6, 9, 12, 15, 18, 21] })
      .map(({ at: moment }) => ({ at: moment + random() * 45 * minuteMs, after: null }))
      .filter(({ at: moment }) => moment < at('2026-04-20T00:00:00') || moment > at('2026-04-21T12:00:00'))
    const now = (history.at(-1)?.at ?? 0) + hourMs
    const alarmsOf = (sensitivity: FreshnessExpectation['sensitivity']) =>
      backTest(history, { ...inBerlin, sensitivity }, now).alarms
    const counts = (['low', 'medium', 'high'] as const).map((sensitivity) => alarmsOf(sensitivity).length)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    const outage = alarmsOf('low')
    expect(outage).toHaveLength(1)
    expect(outage[0]?.lastUpdate).toBeLessThan(at('2026-04-20T00:00:00'))
    expect(outage[0]?.until).toBeGreaterThan(at('2026-04-21T12:00:00'))
  })
})

test('a back-test of an interval tells every alarm, also the one that is on', () => {
  const history = daily('2026-05-04', 10, { hours: [6] }).filter((_, index) => index !== 5)
  const now = (history.at(-1)?.at ?? 0) + 3 * dayMs
  const { alarms, judged, learning } = backTest(history, { ...inBerlin, interval: '1d', tolerance: '2h' }, now)
  expect({ judged, learning }).toEqual({ judged: 9, learning: 0 })
  expect(alarms.map(({ until }) => until)).toEqual([history[5]?.at, null])
})

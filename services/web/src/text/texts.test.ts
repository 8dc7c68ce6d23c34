import { describe, expect, it } from 'vitest'
import { counted, counterLabel } from './count.ts'
import { shortId } from './short-id.ts'
import { fullTime, readersTime, timeAgo, timeUntil, zonedTime } from './time.ts'

describe('timeAgo', () => {
  const now = Date.parse('2026-03-10T12:00:00.000Z')
  it.each([
    ['2026-03-10T11:59:40.000Z', 'just now'],
    ['2026-03-10T12:00:03.000Z', 'just now'],
    ['2026-03-10T11:59:10.000Z', '1 min ago'],
    ['2026-03-10T11:15:00.000Z', '45 min ago'],
    ['2026-03-10T07:00:00.000Z', '5 h ago'],
    ['2026-03-08T12:00:00.000Z', '2 d ago'],
  ])('%s was %s', (at, text) => expect(timeAgo(at, now)).toBe(text))

  it('is a date after a week', () => {
    expect(timeAgo('2026-01-02T12:00:00.000Z', now)).toContain('2026')
  })
})

it('tells ids apart that were made in the same minute', () => {
  expect(shortId('01a209dc-e227-72e0-aaca-34dbfa834aec')).toBe('fa834aec')
})

it('counts in words', () => {
  expect(counted(1, 'table')).toBe('1 table')
  expect(counted(12_400, 'table')).toBe('12,400 tables')
  expect(counted(2, 'query', 'queries')).toBe('2 queries')
  expect(counterLabel('toTag')).toBe('To tag')
  expect(counterLabel('read_tables')).toBe('Read tables')
})

describe('timeUntil', () => {
  const now = Date.parse('2026-03-10T12:00:00.000Z')
  it.each([
    ['2026-03-10T11:59:40.000Z', 'now'],
    ['2026-03-10T12:00:30.000Z', 'in less than a minute'],
    ['2026-03-10T12:45:00.000Z', 'in 45 min'],
    ['2026-03-10T17:00:00.000Z', 'in 5 h'],
    ['2026-04-10T12:00:00.000Z', 'in 31 d'],
  ])('%s is %s', (at, text) => expect(timeUntil(at, now)).toBe(text))
})

describe('zonedTime', () => {
  it('is what a clock there shows', () => {
    expect(zonedTime('2026-03-29T00:30:00.000Z', 'Europe/Berlin')).toMatch(/0?1:30/)
    expect(zonedTime('2026-03-29T01:30:00.000Z', 'Europe/Berlin')).toMatch(/0?3:30/)
  })
  it('has seconds only where there are some', () => {
    expect(zonedTime('2026-03-10T12:00:00.000Z', 'UTC')).not.toContain(':00:')
    expect(zonedTime('2026-03-10T12:01:30.000Z', 'UTC')).toContain('01:30')
  })
  it('falls back to UTC, and says so, where the zone is not known', () => {
    expect(zonedTime('2026-03-10T12:34:00.000Z', 'Mars/Olympus')).toMatch(/12:34.*UTC/)
  })
})

it('shows the hours of a day from 0 to 23', () => {
  expect(zonedTime('2026-03-10T00:05:00.000Z', 'UTC')).toMatch(/, 00:05$/)
  expect(zonedTime('2026-03-10T18:05:00.000Z', 'UTC')).toMatch(/, 18:05$/)
  expect(fullTime('2026-03-10T18:05:00.000Z')).not.toMatch(/AM|PM/)
})

describe('readersTime', () => {
  it('is nothing where both clocks show the same', () => {
    expect(readersTime('2026-01-10T12:00:00.000Z', 'Europe/Berlin', 'Europe/Paris')).toBeNull()
  })
  it('is the clock alone on the same day, and names another day', () => {
    expect(readersTime('2026-01-10T12:00:00.000Z', 'Europe/Berlin', 'UTC')).toBe('12:00')
    expect(readersTime('2026-01-10T23:30:00.000Z', 'Europe/Berlin', 'UTC')).toContain('2026')
  })
})

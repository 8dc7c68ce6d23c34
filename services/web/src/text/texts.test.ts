import { describe, expect, it } from 'vitest'
import { counted, counterLabel } from './count.ts'
import { shortId } from './short-id.ts'
import { timeAgo } from './time.ts'

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

import { expect, test } from 'vitest'
import { readTime } from './read-time.ts'

/** A Wednesday, 15:30 in Berlin. */
const now = new Date('2026-11-25T14:30:00Z')
const read = (text: string) => readTime(text, now, 'Europe/Berlin')
/** From and to on Berlin's wall clock, which is one hour ahead of UTC in winter; `now` where it ends with now. */
function stretch(text: string): string {
  const { time } = read(text)
  if (!time) return 'none'
  const wall = (at: Date) => at.toLocaleString('sv', { timeZone: 'Europe/Berlin' }).slice(0, 16)
  return `${wall(time.from)} ${time.to > now ? 'now' : wall(time.to)}`
}

test.each([
  ['What jobs ran this week?', '2026-11-23 00:00 now'],
  ['what failed last week', '2026-11-16 00:00 2026-11-23 00:00'],
  ['failed jobs in the last 7 days', '2026-11-18 15:30 now'],
  ['past three hours', '2026-11-25 12:30 now'],
  ['last couple of days', '2026-11-23 15:30 now'],
  ['in the last hour', '2026-11-25 14:30 now'],
  ['today', '2026-11-25 00:00 now'],
  ['yesterday', '2026-11-24 00:00 2026-11-25 00:00'],
  ['the day before yesterday', '2026-11-23 00:00 2026-11-24 00:00'],
  ['since Monday', '2026-11-23 00:00 now'],
  ['since yesterday at 5pm', '2026-11-24 17:00 now'],
  ['since 1 November', '2026-11-01 00:00 now'],
  ['on Friday', '2026-11-20 00:00 2026-11-21 00:00'],
  ['in October', '2026-10-01 00:00 2026-11-01 00:00'],
  ['in December', '2025-12-01 00:00 2026-01-01 00:00'],
  ['in October 2025', '2025-10-01 00:00 2025-11-01 00:00'],
  ['in 2025', '2025-01-01 00:00 2026-01-01 00:00'],
  ['on 2026-10-05', '2026-10-05 00:00 2026-10-06 00:00'],
  ['between Monday and Tuesday', '2026-11-23 00:00 2026-11-25 00:00'],
  ['between 1 October and 3 October', '2026-10-01 00:00 2026-10-04 00:00'],
  ['from March to May', '2026-03-01 00:00 2026-06-01 00:00'],
  ['this month', '2026-11-01 00:00 now'],
  ['last month', '2026-10-01 00:00 2026-11-01 00:00'],
  ['last quarter', '2026-07-01 00:00 2026-10-01 00:00'],
  ['last year', '2025-01-01 00:00 2026-01-01 00:00'],
  ['last night', '2026-11-24 18:00 2026-11-25 06:00'],
  ['this morning', '2026-11-25 00:00 2026-11-25 12:00'],
  ['at the weekend', '2026-11-21 00:00 2026-11-23 00:00'],
  ['before October', '2000-01-01 00:00 2026-10-01 00:00'],
  ['3 days ago', '2026-11-22 00:00 2026-11-23 00:00'],
  ['Show me failed jobs for the orders database', 'none'],
  ['how long does schema discovery usually take', 'none'],
])('%s: %s', (text, expected) => {
  expect(stretch(text)).toBe(expected)
})

test('what is said of the time is taken out, and nothing else', () => {
  expect(read('How many jobs failed last week on orders?')).toMatchObject({
    time: { words: 'last week' },
    rest: expect.stringMatching(/^How many jobs failed {2,3}on orders\?$/),
  })
  expect(read('What failed since Monday for the shop connection?').rest).toBe('What failed   for the shop connection?')
  expect(read('Between Monday and Tuesday which jobs of orders failed').rest.trim()).toBe('which jobs of orders failed')
})

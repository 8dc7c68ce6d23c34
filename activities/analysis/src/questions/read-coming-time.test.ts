import { expect, test } from 'vitest'
import { readComingTime } from './read-coming-time.ts'

/** A Wednesday, 16:30 in Berlin. */
const now = new Date('2026-11-25T15:30:00Z')

test.each([
  ['what runs tonight', '2026-11-25T17:00:00Z', '2026-11-26T05:00:00Z'],
  ['what is due today', '2026-11-25T15:30:00Z', '2026-11-25T23:00:00Z'],
  ['what runs tomorrow', '2026-11-25T23:00:00Z', '2026-11-26T23:00:00Z'],
  ['what runs in the next 2 hours', '2026-11-25T15:30:00Z', '2026-11-25T17:30:00Z'],
  ['what runs this week', '2026-11-25T15:30:00Z', '2026-11-29T23:00:00Z'],
  ['what runs next week', '2026-11-29T23:00:00Z', '2026-12-06T23:00:00Z'],
  ['what runs on Friday', '2026-11-26T23:00:00Z', '2026-11-27T23:00:00Z'],
])('%s', (text, from, to) => {
  expect(readComingTime(text, now, 'Europe/Berlin').time).toMatchObject({ from: new Date(from), to: new Date(to) })
})

test('at two in the morning the night is the one that there is', () => {
  const late = new Date('2026-11-25T01:00:00Z')
  expect(readComingTime('tonight', late, 'Europe/Berlin').time).toMatchObject({
    from: late,
    to: new Date('2026-11-25T05:00:00Z'),
  })
})

test('no time', () => {
  expect(readComingTime('when does discovery run next', now, 'UTC')).toEqual({
    time: undefined,
    rest: 'when does discovery run next',
  })
})

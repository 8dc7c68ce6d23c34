import { expect, test } from 'vitest'
import { learningText } from './learning-text.ts'

const weekMs = 7 * 86_400_000

test('before the first interval it says what it waits for, and not of how many milliseconds', () => {
  expect(learningText({ intervals: 0, intervalsNeeded: 8, spanMs: 0, spanMsNeeded: weekMs })).toBe(
    'No two updates have been seen yet. It is judged after 8 intervals over at least 7 days, ' +
      'or at once when you say how often updates are expected.',
  )
})

test('afterwards it says how far it is', () => {
  expect(
    learningText({ intervals: 3, intervalsNeeded: 8, spanMs: 2.5 * 86_400_000, spanMsNeeded: 2 * weekMs }),
  ).toContain(
    '3 intervals between updates seen so far, over 2 d 12 h. It is judged after 8 intervals over at least 14 days',
  )
})

import { expect, test } from 'vitest'
import { onceAMinute } from './once-a-minute.ts'

test('the same line is news again after a minute', () => {
  let at = 0
  const isNews = onceAMinute(() => at)
  expect([isNews('a'), isNews('b'), isNews('a')]).toEqual([true, true, false])
  at = 59_999
  expect(isNews('a')).toBe(false)
  at = 60_000
  expect(isNews('a')).toBe(true)
})

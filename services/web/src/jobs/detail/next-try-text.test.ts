import { expect, it } from 'vitest'
import { nextTryText } from './next-try-text.ts'

it.each([
  [12_400, 'next try in 12 s'],
  [61_000, 'next try in 1 m 01 s'],
  [900, 'next try now'],
  [-5_000, 'next try now'],
])('%d ms ahead reads %s', (ms, text) => {
  const now = Date.parse('2026-01-01T10:00:00.000Z')
  expect(nextTryText(new Date(now + ms).toISOString(), now)).toBe(text)
})

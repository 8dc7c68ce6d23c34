import { expect, it } from 'vitest'
import { expiryOf, hasExpired, tokenLifetimeNames } from './token-lifetimes.ts'

const now = Date.parse('2026-01-01T12:00:00.000Z')

it('ends a token after its days, or never', () => {
  expect(tokenLifetimeNames.map((name) => expiryOf(name, now))).toEqual([
    '2026-01-31T12:00:00.000Z',
    '2026-04-01T12:00:00.000Z',
    '2027-01-01T12:00:00.000Z',
    null,
  ])
})

it('knows what has ended', () => {
  expect(hasExpired({ expiresAt: null }, now)).toBe(false)
  expect(hasExpired({ expiresAt: '2026-01-01T12:00:00.001Z' }, now)).toBe(false)
  expect(hasExpired({ expiresAt: '2026-01-01T12:00:00.000Z' }, now)).toBe(true)
})

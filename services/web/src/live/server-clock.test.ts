import { expect, it, vi } from 'vitest'
import { observeServerTime, serverNow } from './server-clock.ts'

it('follows the clock of the server, but not its rounding', () => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T10:00:00.000Z') })
  observeServerTime('Thu, 01 Jan 2026 10:05:00 GMT', Date.now())
  expect(new Date(serverNow()).toISOString()).toBe('2026-01-01T10:05:00.000Z')
  observeServerTime(null, Date.now())
  observeServerTime('not a date', Date.now())
  expect(serverNow() - Date.now()).toBe(300_000)
  observeServerTime('Thu, 01 Jan 2026 10:00:01 GMT', Date.now())
  expect(serverNow()).toBe(Date.now())
  vi.useRealTimers()
})

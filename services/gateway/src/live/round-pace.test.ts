import { expect, test } from 'vitest'
import { RoundPace } from './round-pace.ts'

/** Rounds on a clock of the test's own. */
function paced() {
  const pace = new RoundPace()
  let now = 1_000
  const pass = (ms: number) => {
    now += ms
  }
  /** @returns how long a round that is wanted at once has waited before it began */
  const round = (tookMs: number): number => {
    const waited = pace.waitMs(now)
    pass(waited + tookMs)
    pace.ended(now - tookMs, now)
    return waited
  }
  return { pass, round }
}

test('the rounds of one job follow each other at once', () => {
  const { round } = paced()
  expect([round(10), round(10), round(10), round(10), round(10)]).toEqual([0, 0, 0, 0, 0])
})

test('rounds without end take a tenth of the time', () => {
  const { round } = paced()
  const waits = Array.from({ length: 100 }, () => round(4))
  expect(waits.slice(0, 10).every((waited) => waited === 0)).toBe(true)
  expect(waits.slice(-50).every((waited) => waited === 36)).toBe(true)
})

test('however long a round took, an event waits no longer than a tenth of a second', () => {
  const { round } = paced()
  const waits = Array.from({ length: 20 }, () => round(60))
  expect(Math.max(...waits)).toBe(100)
})

test('rest that is owed is taken while nothing comes', () => {
  const { round, pass } = paced()
  for (let n = 0; n < 20; n++) round(10)
  expect(round(10)).toBe(90)
  pass(500)
  expect([round(10), round(10), round(10)]).toEqual([0, 0, 0])
})

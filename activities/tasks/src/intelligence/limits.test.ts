import { expect, test, vi } from 'vitest'
import { budgetOf } from './budget.ts'
import { paceOf } from './pace.ts'

const { signal } = new AbortController()

test('no more calls than allowed are on their way; the next begins when one ends, also when it fails', async () => {
  const pace = paceOf({ concurrency: 2, requestsPerMinute: 0 })
  const calls = Array.from({ length: 3 }, () => Promise.withResolvers<number>())
  const begun: number[] = []
  const runs = calls.map((call, index) =>
    pace.run(signal, () => {
      begun.push(index)
      return call.promise
    }),
  )
  await vi.waitUntil(() => begun.length === 2)
  calls[0]?.reject(new Error('failed'))
  await expect(runs[0]).rejects.toThrow('failed')
  await vi.waitUntil(() => begun.length === 3)
  calls[1]?.resolve(1)
  calls[2]?.resolve(2)
  expect(await Promise.all(runs.slice(1))).toEqual([1, 2])
})

test('who waits for a turn or for a pause can be given up, and leaves no hole', async () => {
  const pace = paceOf({ concurrency: 1, requestsPerMinute: 0 })
  const first = Promise.withResolvers<string>()
  const running = pace.run(signal, () => first.promise)
  const given = new AbortController()
  const waiting = pace.run(given.signal, async () => 'never')
  given.abort(new Error('given up'))
  await expect(waiting).rejects.toThrow('given up')
  first.resolve('done')
  expect(await running).toBe('done')
  pace.pause(60_000)
  const paused = new AbortController()
  const later = pace.run(paused.signal, async () => 'never')
  paused.abort(new Error('given up'))
  await expect(later).rejects.toThrow('aborted')
})

test('requests a minute are spread', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const pace = paceOf({ concurrency: 5, requestsPerMinute: 60_000 })
    const at: number[] = []
    await pace.run(signal, async () => at.push(Date.now()))
    vi.advanceTimersByTime(1)
    await pace.run(signal, async () => at.push(Date.now()))
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1)
  } finally {
    vi.useRealTimers()
  }
})

test('a budget counts what was spent before, what is on its way, and gives back what was not needed', () => {
  const before = { calls: 3, inputTokens: 60, outputTokens: 20, costMicros: 0 }
  const budget = budgetOf({ maxTokens: 100, maxCostMicros: 50 }, before)
  expect(budget.reserve({ tokens: 30, costMicros: 0 })).toBeUndefined()
  const giveBack = budget.reserve({ tokens: 20, costMicros: 40 })
  expect(budget.reserve({ tokens: 0, costMicros: 20 })).toBeUndefined()
  giveBack?.()
  budget.spend({ tokens: 5, costMicros: 45 })
  expect(budget.reserve({ tokens: 15, costMicros: 5 })).toBeDefined()
})

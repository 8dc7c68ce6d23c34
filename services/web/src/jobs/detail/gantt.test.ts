import { describe, expect, it } from 'vitest'
import { sampleStep } from '../../testing/sample-job.ts'
import { ganttOf } from './gantt.ts'

const second = (at: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, at)).toISOString()
const step = (name: string, from: number | null, to: number | null) =>
  sampleStep({ name, startedAt: from === null ? null : second(from), endedAt: to === null ? null : second(to) })
const now = Date.parse(second(20))

describe('ganttOf', () => {
  it('lays ended steps out over the whole time', () => {
    const gantt = ganttOf(
      { startedAt: second(0), endedAt: second(10), steps: [step('a', 0, 4), step('b', 4, 10)] },
      now,
    )
    expect(gantt.totalMs).toBe(10_000)
    expect(gantt.bars).toEqual([
      { name: 'a', offsetPercent: 0, widthPercent: 40, durationMs: 4000 },
      { name: 'b', offsetPercent: 40, widthPercent: 60, durationMs: 6000 },
    ])
  })

  it('ends at now while it runs', () => {
    const gantt = ganttOf({ startedAt: second(0), endedAt: null, steps: [step('a', 0, 10), step('b', 10, null)] }, now)
    expect(gantt.totalMs).toBe(20_000)
    expect(gantt.bars[1]).toEqual({ name: 'b', offsetPercent: 50, widthPercent: 50, durationMs: 10_000 })
  })

  it('shows a step that took no time, inside the frame', () => {
    const { bars } = ganttOf({ startedAt: second(0), endedAt: second(10), steps: [step('a', 10, 10)] }, now)
    expect(bars[0]?.widthPercent).toBeGreaterThan(0)
    expect((bars[0]?.offsetPercent ?? 0) + (bars[0]?.widthPercent ?? 0)).toBeLessThanOrEqual(100)
  })

  it('draws nothing of what never began', () => {
    const { bars, totalMs } = ganttOf({ startedAt: null, endedAt: null, steps: [step('a', null, null)] }, now)
    expect(totalMs).toBe(0)
    expect(bars).toEqual([{ name: 'a', offsetPercent: 0, widthPercent: 0, durationMs: null }])
  })

  it('bears clocks that differ', () => {
    const { totalMs, bars } = ganttOf({ startedAt: second(30), endedAt: null, steps: [step('a', 30, null)] }, now)
    expect(totalMs).toBe(0)
    expect(bars[0]?.durationMs).toBe(0)
  })
})

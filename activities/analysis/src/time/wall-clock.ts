/**
 * The clock on the wall of a time zone. A wall time is written as the milliseconds that UTC would have at it, so that it can be
 * counted with.
 */
export interface WallClock {
  /** What the clock shows at a moment. */
  wallOf(moment: number): number
  /**
   * The moment at which it shows a wall time, chosen as Go's `time.Date` does, by which Temporal reckons: of two moments the one
   * whose offset holds where UTC has that reading; a time that the clock leaves out gives one an hour beside.
   */
  momentOf(wall: number): number
}

const clocks = new Map<string, WallClock>()
/** Since 1972 no clock has been changed but at a quarter of an hour, and to look an offset up takes some 50 µs. */
const quarterMs = 900_000
const mostOffsets = 50_000

/** @throws RangeError when there is no such time zone */
export function wallClockOf(timezone: string): WallClock {
  const known = clocks.get(timezone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const lookUp = (moment: number) => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    return wall - Math.floor(moment / 1_000) * 1_000
  }
  const offsets = new Map<number, number>()
  const offsetOf = (moment: number) => {
    const quarter = Math.floor(moment / quarterMs)
    const kept = offsets.get(quarter)
    if (kept !== undefined) return kept
    if (offsets.size >= mostOffsets) offsets.clear()
    const offset = lookUp(quarter * quarterMs)
    offsets.set(quarter, offset)
    return offset
  }
  const clock: WallClock = {
    wallOf: (moment) => moment + offsetOf(moment),
    momentOf(wall) {
      const first = wall - offsetOf(wall)
      return wall - offsetOf(first)
    },
  }
  clocks.set(timezone, clock)
  return clock
}

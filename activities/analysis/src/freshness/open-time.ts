import type { ClosedWindow, MaintenanceCalendar } from '@plumbline/workflows'
import { wallClockOf } from '../time/wall-clock.ts'

/** Time as a table's owner counts it: by the clock on the wall, without the times that the calendar closes. */
export interface OpenTime {
  /** What the clock shows at a moment; see `WallClock`. */
  wallOf(moment: number): number
  /** Milliseconds between two moments that count. */
  between(from: number, to: number): number
  /** The moment at which `ms` of time that counts have passed since another; undefined when that takes more than two years. */
  after(moment: number, ms: number): number | undefined
  /** Whether a moment lies in a closed time. */
  closedAt(moment: number): boolean
}

const dayMs = 86_400_000
const minuteMs = 60_000
/** Shorter spans are elapsed time: an hour is an hour also in the night the clocks change. Longer ones are days on the wall. */
const elapsedBelowMs = 20 * 3_600_000
const farthestMs = 730 * dayMs

interface Span {
  from: number
  to: number
}

export function openTimeOf(calendar: MaintenanceCalendar): OpenTime {
  const clock = wallClockOf(calendar.timezone)
  const windows = calendar.windows.map(parsedWindow)
  const dates = new Set(calendar.dates)
  const closed = (from: number, to: number) => closedSpans(windows, dates, from, to)
  const isOpenAlways = windows.length === 0 && dates.size === 0

  const between = (from: number, to: number): number => {
    const [wallFrom, wallTo] = [clock.wallOf(from), clock.wallOf(to)]
    const open = wallTo - wallFrom - (isOpenAlways ? 0 : overlap(closed(wallFrom, wallTo), wallFrom, wallTo))
    const shift = to - from < elapsedBelowMs ? to - from - (wallTo - wallFrom) : 0
    return Math.max(0, open + shift)
  }

  const after = (moment: number, ms: number): number | undefined => {
    const wall = clock.wallOf(moment)
    const due = isOpenAlways ? wall + ms : openEnd(closed, wall, ms)
    if (due === undefined) return undefined
    const found = clock.momentOf(due)
    return ms < elapsedBelowMs ? Math.max(found, moment + ms) : found
  }

  const closedAt = (moment: number): boolean => {
    const wall = clock.wallOf(moment)
    return closed(wall, wall + 1).some(({ from, to }) => from <= wall && wall < to)
  }

  return { wallOf: (moment) => clock.wallOf(moment), between, after, closedAt }
}

function openEnd(closed: (from: number, to: number) => Span[], wall: number, ms: number): number | undefined {
  const stepMs = 32 * dayMs
  let left = ms
  let at = wall
  for (let from = wall; from < wall + farthestMs; from += stepMs) {
    const to = from + stepMs
    for (const span of closed(from, to)) {
      const open = Math.min(span.from, to) - at
      if (open >= left && open > 0) return at + left
      if (open > 0) left -= open
      at = Math.max(at, Math.min(span.to, to))
    }
    if (to - at >= left) return at + left
    left -= Math.max(0, to - at)
    at = Math.max(at, to)
  }
  return undefined
}

interface ParsedWindow {
  days: ReadonlySet<number>
  fromMs: number
  toMs: number
}

function parsedWindow({ days, from, to }: ClosedWindow): ParsedWindow {
  const [fromMs, toMs] = [timeOfDay(from), timeOfDay(to)]
  return { days: new Set(days), fromMs, toMs: toMs > fromMs ? toMs : toMs + dayMs }
}

function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return (hours * 60 + minutes) * minuteMs
}

/** Closed spans on the wall that touch a span, in order, without overlaps. A wall time counts as if in UTC. */
function closedSpans(windows: readonly ParsedWindow[], dates: ReadonlySet<string>, from: number, to: number): Span[] {
  const spans: Span[] = []
  for (let day = Math.floor(from / dayMs) * dayMs - dayMs; day < to; day += dayMs) {
    const date = new Date(day)
    if (dates.has(date.toISOString().slice(0, 10))) spans.push({ from: day, to: day + dayMs })
    for (const window of windows) {
      if (window.days.has(date.getUTCDay())) spans.push({ from: day + window.fromMs, to: day + window.toMs })
    }
  }
  return merged(spans).filter((span) => span.to > from && span.from < to)
}

function merged(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}

const overlap = (spans: readonly Span[], from: number, to: number): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0)

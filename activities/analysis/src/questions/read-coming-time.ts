import { en } from 'chrono-node'
import { wallClockOf } from '../time/wall-clock.ts'
import type { ReadTime } from './read-time.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const eveningHour = 18
const morningHour = 6

/** Milliseconds that UTC would have at readings of the wall clock. */
type Stretch = readonly [from: number, to: number]

const units: Record<string, number> = { minute: 60_000, hour: hourMs, day: dayMs, week: 7 * dayMs }
const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs
const mondayAfter = (at: number): number => dayOf(at) + (7 - ((new Date(at).getUTCDay() + 6) % 7)) * dayMs

const readers: readonly [pattern: RegExp, stretch: (match: RegExpExecArray, now: number) => Stretch][] = [
  [/\b(?:tonight|overnight|this night)\b/i, (_, now) => nightOf(now)],
  [/\b(?:later )?today\b/i, (_, now) => [now, dayOf(now) + dayMs]],
  [/\btomorrow\b/i, (_, now) => [dayOf(now) + dayMs, dayOf(now) + 2 * dayMs]],
  [/\b(?:later )?this week\b/i, (_, now) => [now, mondayAfter(now)]],
  [/\bnext week\b/i, (_, now) => [mondayAfter(now), mondayAfter(now) + 7 * dayMs]],
  [
    /\b(?:in|within|over|during) (?:the )?next (?:(\d{1,3}) )?(minute|hour|day|week)s?\b/i,
    ([, count = '1', unit = ''], now) => [now, now + Number(count) * (units[unit.toLowerCase()] ?? dayMs)],
  ],
]

/** Until six in the morning, from six in the evening on or from now. */
function nightOf(now: number): Stretch {
  const morning = dayOf(now) + morningHour * hourMs
  if (now < morning) return [now, morning]
  return [Math.max(now, dayOf(now) + eveningHour * hourMs), morning + dayMs]
}

/** The time to come that a question is about, in the asker's time zone: what could be past or to come is to come. */
export function readComingTime(text: string, now: Date, timezone: string): ReadTime {
  const clock = wallClockOf(timezone)
  const wall = clock.wallOf(now.getTime())
  const found = spelled(text, wall) ?? dated(text, wall)
  if (!found) return { time: undefined, rest: text }
  const [from, to] = found.stretch
  const begin = from <= wall ? now : new Date(clock.momentOf(from))
  const rest = `${text.slice(0, found.at)} ${text.slice(found.at + found.words.length)}`
  return { time: { from: begin, to: new Date(clock.momentOf(to)), words: found.words }, rest }
}

interface Found {
  stretch: Stretch
  at: number
  words: string
}

function spelled(text: string, wall: number): Found | undefined {
  for (const [pattern, stretch] of readers) {
    const match = pattern.exec(text)
    if (match) return { stretch: stretch(match, wall), at: match.index, words: match[0] }
  }
  return undefined
}

/** A day that is named, as `on Friday`; an hour stands for its day. */
function dated(text: string, wall: number): Found | undefined {
  const [result] = en.casual.parse(text, { instant: new Date(wall), timezone: 0 }, { forwardDate: true })
  if (!result || /^now$/i.test(result.text)) return undefined
  const day = dayOf(result.start.date().getTime())
  const before = /\b(?:on|at)\s+$/i.exec(text.slice(0, result.index))?.[0] ?? ''
  return {
    stretch: [Math.max(day, wall), Math.max(day, wall) + dayMs],
    at: result.index - before.length,
    words: before + result.text,
  }
}

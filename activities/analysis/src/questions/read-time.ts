import { en, type ParsedComponents } from 'chrono-node'
import { wallClockOf } from '../time/wall-clock.ts'

/** A stretch of time that a question names. */
export interface SaidTime {
  from: Date
  to: Date
  /** As it was said: `this week`. */
  words: string
}

/** The time in a question and the text without it. */
export interface ReadTime {
  time: SaidTime | undefined
  rest: string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const units = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const
type Unit = (typeof units)[number]

/** A stretch on the wall clock: milliseconds that UTC would have at its readings. */
type Stretch = readonly [from: number, to: number]

const numbers = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const numberWord = `\\d{1,4}|${numbers.join('|')}|an?|couple of|few`
const unitWord = `(${units.join('|')})s?`

/**
 * Finds the time that a question is about, in the asker's time zone. A week begins on Monday; `last week` is the one before this,
 * `last 7 days` the 168 hours until now. What could be past or to come is past: jobs are.
 */
export function readTime(said: string, now: Date, timezone: string): ReadTime {
  // What is now is told by the status, not by the minute.
  const text = said.replaceAll(/\b(?:right )?now\b/gi, (words) => ' '.repeat(words.length))
  const clock = wallClockOf(timezone)
  const wall = clock.wallOf(now.getTime())
  for (const read of readers) {
    const found = read(text, wall)
    if (!found) continue
    const [from, to] = found.stretch
    const moment = (at: number) => new Date(clock.momentOf(at))
    // Now itself is in the time that ends with it.
    const end = to >= wall ? new Date(now.getTime() + 1) : moment(to)
    const rest = `${text.slice(0, found.at)} ${text.slice(found.at + found.words.length)}`
    return { time: { from: moment(from), to: end, words: found.words.trim() }, rest }
  }
  return { time: undefined, rest: text }
}

interface Found {
  stretch: Stretch
  at: number
  words: string
}
type Reader = (text: string, now: number) => Found | undefined

/** The first that knows what is said wins: from the most special to what stands alone. */
const readers: readonly Reader[] = [
  matching(/\b(?:between|from)\s+(.+?)\s+(?:and|to|until|till|through)\s+(.+)/i, betweenTwo),
  matching(/\bsince\s+(.+)/i, ([, said = ''], now) => {
    const anchor = anchorIn(said, now)
    return anchor && { stretch: [anchor.stretch[0], now], used: anchor.end }
  }),
  matching(
    new RegExp(`\\b(?:in |during |over |within )?(?:the )?(?:last|past|previous) (${numberWord}) ${unitWord}\\b`, 'i'),
    (match, now) => ({
      stretch: [back(now, unitOf(match[2]), countOf(match[1])), now],
    }),
  ),
  matching(
    /\b(?:in |during |over )?(?:the )?(this|current|last|past|previous) (hour|day|week|month|quarter|year)\b/i,
    (match, now) => {
      const unit = unitOf(match[2])
      const begin = beginOf(unit, now)
      if (/this|current/i.test(match[1] ?? '')) return { stretch: [begin, now] }
      if (unit === 'hour' || unit === 'day') return { stretch: [back(now, unit, 1), now] }
      return { stretch: [back(begin, unit, 1), begin] }
    },
  ),
  matching(/\b(?:the )?day before yesterday\b/i, (_, now) => dayAt(now - 2 * dayMs)),
  matching(/\b(this morning|last night|this afternoon|this evening|tonight|overnight)\b/i, ([, said = ''], now) => {
    const midnight = beginOf('day', now)
    const [from, to] = partsOfDay[said.toLowerCase().split(' ').at(-1) ?? ''] ?? [0, 24]
    return { stretch: [midnight + from * hourMs, Math.min(midnight + to * hourMs, now)] }
  }),
  matching(/\b(?:on |at )?(?:the )?(?:last |past |this )?weekend\b/i, (_, now) => {
    const monday = beginOf('week', now)
    const sinceSaturday = monday + 5 * dayMs
    const saturday = now >= sinceSaturday ? sinceSaturday : monday - 2 * dayMs
    return { stretch: [saturday, Math.min(saturday + 2 * dayMs, now)] }
  }),
  matching(/\b(?:in |during )?((?:19|20)\d\d)\b(?![-/.]\d)/i, ([words = '', year = ''], now, text) =>
    en.casual.parse(text, reference(now)).some(({ text: said }) => said.includes(words.trim()) && said !== words.trim())
      ? undefined
      : { stretch: [Date.UTC(Number(year), 0), Date.UTC(Number(year) + 1, 0)] },
  ),
  matching(/\bbefore\s+(.+)/i, ([, said = ''], now) => {
    const anchor = anchorIn(said, now)
    return anchor && { stretch: [Date.UTC(2000, 0), anchor.stretch[0]], used: anchor.end }
  }),
  matching(/\bafter\s+(.+)/i, ([, said = ''], now) => {
    const anchor = anchorIn(said, now)
    return anchor && { stretch: [anchor.stretch[1], now], used: anchor.end }
  }),
  (text, now) => {
    const anchor = anchorIn(text, now)
    if (!anchor) return undefined
    const before = /\b(?:on|in|at|during|of)\s+$/i.exec(text.slice(0, anchor.at))?.[0] ?? ''
    const at = anchor.at - before.length
    return { stretch: anchor.stretch, at, words: text.slice(at, anchor.end) }
  },
]

const partsOfDay: Record<string, readonly [fromHour: number, toHour: number]> = {
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  tonight: [18, 24],
  night: [-6, 6],
  overnight: [-6, 6],
}

/** What a pattern stands for; `used`: how much of its last group belongs to it, where not all does. */
type Meaning = { stretch: Stretch; used?: number } | undefined

function matching(pattern: RegExp, meaning: (match: RegExpExecArray, now: number, text: string) => Meaning): Reader {
  return (text, now) => {
    const match = pattern.exec(text)
    const found = match && meaning(match, now, text)
    if (!match || !found) return undefined
    const whole = match[0]
    const surplus = found.used === undefined ? 0 : (match.at(-1)?.length ?? 0) - found.used
    return { stretch: found.stretch, at: match.index, words: whole.slice(0, whole.length - surplus) }
  }
}

function betweenTwo([, first = '', second = '']: RegExpExecArray, now: number): Meaning {
  const to = anchorIn(second, now)
  const from = anchorIn(first, now)
  if (!from || !to || from.at > 0 || to.at > 0) return undefined
  // `between Monday and Wednesday` on a Tuesday: the Wednesday that follows that Monday, or now.
  const [begin] = from.stretch
  const end = to.stretch[1] <= begin ? to.stretch[1] + 7 * dayMs : to.stretch[1]
  return { stretch: [begin, Math.min(end, now)], used: to.end }
}

/** A day, an hour, a month that is named, where in the text it stands, and what of it there is. */
interface Anchor {
  stretch: Stretch
  at: number
  end: number
}

const reference = (now: number) => ({ instant: new Date(now), timezone: 0 })

function anchorIn(text: string, now: number): Anchor | undefined {
  const [result] = en.casual.parse(text, reference(now))
  if (!result) return undefined
  const [from, to] = stretchOf(result.start, now)
  const end = result.end ? stretchOf(result.end, now)[1] : to
  return {
    stretch: [from, Math.min(end, Math.max(now, from))],
    at: result.index,
    end: result.index + result.text.length,
  }
}

/** From the beginning to the end of the smallest unit that is said; moved back where it would lie ahead. */
function stretchOf(said: ParsedComponents, now: number): Stretch {
  const unit = smallestOf(said)
  let from = beginOf(unit, said.date().getTime())
  if (from > now) {
    if (said.isCertain('weekday') && !said.isCertain('day')) from -= 7 * dayMs
    else if (!said.isCertain('year')) from = back(from, 'year', 1)
  }
  return [from, back(from, unit, -1)]
}

function smallestOf(said: ParsedComponents): Unit {
  if (said.isCertain('minute') && said.get('minute') !== 0) return 'minute'
  if (said.isCertain('hour')) return 'hour'
  if (said.isCertain('day') || said.isCertain('weekday')) return 'day'
  return said.isCertain('month') ? 'month' : 'day'
}

const dayAt = (at: number): Meaning => {
  const begin = beginOf('day', at)
  return { stretch: [begin, begin + dayMs] }
}

function beginOf(unit: Unit, at: number): number {
  const date = new Date(at)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  switch (unit) {
    case 'minute':
      return Math.floor(at / 60_000) * 60_000
    case 'hour':
      return Math.floor(at / hourMs) * hourMs
    case 'day':
      return Math.floor(at / dayMs) * dayMs
    case 'week':
      return beginOf('day', at) - ((date.getUTCDay() + 6) % 7) * dayMs
    case 'month':
      return Date.UTC(year, month)
    case 'quarter':
      return Date.UTC(year, month - (month % 3))
    case 'year':
      return Date.UTC(year, 0)
  }
}

const fixedMs = { minute: 60_000, hour: hourMs, day: dayMs, week: 7 * dayMs } as const
const monthsOf = { month: 1, quarter: 3, year: 12 } as const

/** So many units earlier; of months the same day, or the last that there is. */
function back(at: number, unit: Unit, count: number): number {
  if (unit === 'minute' || unit === 'hour' || unit === 'day' || unit === 'week') return at - count * fixedMs[unit]
  const date = new Date(at)
  const month = date.getUTCMonth() - count * monthsOf[unit]
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastDay)) + (at % dayMs)
}

const unitOf = (word: string | undefined): Unit => units.find((unit) => unit === word?.toLowerCase()) ?? 'day'

function countOf(word = ''): number {
  if (/^\d/.test(word)) return Number(word)
  if (/^couple/i.test(word)) return 2
  if (/^few/i.test(word)) return 3
  return Math.max(1, numbers.indexOf(word.toLowerCase()))
}

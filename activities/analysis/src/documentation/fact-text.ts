import { withoutPersonal } from './without-personal.ts'

const mostNames = 12
const longestQuote = 600

/** Names of a list, cut where there are too many. */
export const longNames = (names: readonly string[]): string =>
  names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`

/** A text that people of the database wrote, on one line and without what could be somebody's. */
export const quoted = (text: string): string => JSON.stringify(commentText(text))

export function commentText(text: string): string {
  const clean = withoutPersonal(text).replaceAll(/\s+/g, ' ').trim()
  return clean.length > longestQuote ? `${clean.slice(0, longestQuote)}…` : clean
}

/** `About 10,000 rows`: by its power of ten, which changes seldom. */
export function magnitudeOf(rows: number): string {
  if (rows === 0) return 'No rows'
  if (rows < 10) return 'Fewer than 10 rows'
  return `About ${(10 ** Math.floor(Math.log10(rows))).toLocaleString('en')} rows or more, fewer than ten times that`
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** Each up to twice its own length: an interval that is learned moves a little all the time. */
const rhythms: readonly (readonly [number, string])[] = [
  [10 * minuteMs, 'every few minutes'],
  [2 * hourMs, 'about every hour'],
  [16 * hourMs, 'several times a day'],
  [2 * dayMs, 'about every day'],
  [12 * dayMs, 'about every week'],
  [62 * dayMs, 'about every month'],
]

/** `about every day`, of an interval in milliseconds. */
export const rhythmOf = (intervalMs: number): string =>
  rhythms.find(([upToMs]) => intervalMs <= upToMs)?.[1] ?? 'less often than every two months'

/** Ends with a mark, and so can stand beside others. */
export const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

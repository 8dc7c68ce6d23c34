import { markdownLine } from '../markdown/markdown-text.ts'

/** A text of the record in one line, as Markdown shows it letter by letter: what a name or an error says is never a link, code or a heading. */
export const plain = (text: string): string => markdownLine(text.replaceAll(/\s+/g, ' '))

/** An error's message as a quotation; of a long one its beginning. */
export const quoted = (message: string): string =>
  `> ${plain(message.slice(0, longest))}${message.length > longest ? '…' : ''}`
const longest = 500

const seconds = 1_000
const minute = 60 * seconds
const hour = 60 * minute

/** `340 ms`, `4.2 s`, `3 min 7 s`, `2 h 5 min`. */
export function spent(durationMs: number): string {
  const ms = Math.round(durationMs)
  if (ms < seconds) return `${ms} ms`
  if (ms < minute) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  if (ms < hour) return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / seconds)} s`
  return `${Math.floor(ms / hour)} h ${Math.floor((ms % hour) / minute)} min`
}

const grouping = new Intl.NumberFormat('en')
export const figure = (value: number): string => grouping.format(value)

/** `1 job`, `2,300 jobs`. */
export const jobsText = (count: number): string => `${figure(count)} ${count === 1 ? 'job' : 'jobs'}`

/** `Mon, Nov 23, 14:05` on the asker's clock. */
export const momentText = (at: Date, timezone: string): string =>
  at.toLocaleString('en', {
    timeZone: timezone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })

export const percentText = (part: number): string => `${(Math.round(part * 1_000) / 10).toString()} %`

import type { LogLine } from '@plumbline/api'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** The time of a line to the millisecond, in the reader's zone; its day stands in the details of the job. */
export const logTime = (at: string): string => clock.format(Date.parse(at))

/** What a line says beside its message: `tables=200 schema="sales"`; the empty string for nothing. */
export const fieldsText = (fields: LogLine['fields']): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ')

/** A followed log is held up to here: the browser has to keep every line, and the file has them all. */
export const mostLines = 20_000

export interface LogTail {
  lines: LogLine[]
  /** How many lines before them were let go. */
  dropped: number
}

export const emptyTail: LogTail = { lines: [], dropped: 0 }

/** The newest lines, `most` of them. A line that came already, before a cut, does not come again. */
export function appended(tail: LogTail, more: readonly LogLine[], most = mostLines): LogTail {
  const last = tail.lines.at(-1)
  const known = last === undefined ? 0 : Number(last.id)
  const lines = [...tail.lines, ...more.filter(({ id }) => Number(id) > known)]
  const excess = Math.max(0, lines.length - most)
  return { lines: excess === 0 ? lines : lines.slice(excess), dropped: tail.dropped + excess }
}

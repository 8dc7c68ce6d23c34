import type { LogLine } from '@plumbline/api'
import type { LogLineRecord } from '@plumbline/store'

export const logLineView = ({ id, at, ...line }: LogLineRecord): LogLine => ({
  id: String(id),
  at: at.toISOString(),
  ...line,
})

/** As a text file has it: `2026-01-05T10:11:12.345Z WARN  [sample 2] Skipped 3 tables {"tables":3}`. */
export function logLineText({ at, level, step, attempt, message, fields }: LogLineRecord): string {
  const place = step === null ? '' : ` [${[step, attempt].filter((part) => part !== null).join(' ')}]`
  const details = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
  // One line stays one line, whatever a server wrote into its message.
  const text = message.replaceAll(/\r?\n/g, '\n    ')
  return `${at.toISOString()} ${level.toUpperCase().padEnd(5)}${place} ${text}${details}\n`
}

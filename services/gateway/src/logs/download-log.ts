import { logLineText } from './log-line-view.ts'
import { logPages, type LogSource } from './log-source.ts'

/** A whole log as text in pieces. */
export async function* downloadLog(source: LogSource, order: 'asc' | 'desc'): AsyncGenerator<string> {
  for await (const lines of logPages(source, order)) yield lines.map(logLineText).join('')
}

import type { Question } from '@plumbline/analysis'
import type { QuestionAnswer } from '../answer-of.ts'

/** Of a table a model is shown so many rows; the page shows all. */
const mostRows = 40

/** What a tool came to as a model is told it, apart by who wrote it. */
export interface ToldResult {
  /** The question as it was understood. */
  understood: string
  /** Our sentences, as plain text. */
  answer: string
  /** Error messages in it: others wrote them. */
  quoted: string[]
  jobs: string[]
  table?: { columns: string[]; rows: (string | number | null)[][]; rowsLeftOut: number }
}

export function toldResult({ answer, jobs, table, interpretation }: QuestionAnswer): ToldResult {
  const lines = answer.split('\n').filter((line) => line.trim() !== '')
  const rows = table?.rows.slice(0, mostRows) ?? []
  return {
    understood: interpretation.text,
    answer: textOf(lines.filter((line) => !isQuotation(line))),
    quoted: lines.filter(isQuotation).map((line) => textOf([line.slice(quotation.length)])),
    jobs,
    ...(table && { table: { columns: table.columns, rows, rowsLeftOut: table.rows.length - rows.length } }),
  }
}

const quotation = '> '
const isQuotation = (line: string): boolean => line.startsWith(quotation)

/** Markdown of ours without its marks. */
const textOf = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replaceAll('**', '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')

/** The texts that a figure may come from, and those that others wrote. */
export interface Source {
  ours: string[]
  theirs: string[]
}

/** A result for the check of what is made of it: names and messages are apart from our own sentences and figures. */
export function sourceOf(told: ToldResult, { asset, connection, schedule, actor }: Partial<Question>): Source {
  const cells = told.table?.rows.flat().filter((cell) => cell !== null) ?? []
  const named = [asset?.name, connection?.name, schedule?.name, actor].filter((name) => name !== undefined)
  const isOurs = (cell: string | number): boolean => typeof cell === 'number' || isFigure(cell)
  return {
    ours: [told.understood, told.answer, ...told.jobs, ...cells.filter(isOurs).map(String)],
    theirs: [...told.quoted, ...named, ...cells.filter((cell) => !isOurs(cell)).map(String)],
  }
}

/** Of cells that are nothing but figures, times, or when a schedule comes: `3 min 7 s`, `Mon, Nov 23, 14:05`, `Every hour`. */
const isFigure = (cell: string): boolean =>
  cell.split(/[\s,]+/).every((word) => /^[\d.:%+-]*$/.test(word) || figureWords.has(word.toLowerCase()))
const figureWords = new Set(
  'ms s min h d at least to am pm every of and past the on only between through hour hours minute minutes day days week month year mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday jan feb mar apr may jun jul aug sep oct nov dec'.split(
    ' ',
  ),
)

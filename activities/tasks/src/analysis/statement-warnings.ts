import { withoutLiterals, type SqlDialect, type TracedStatement } from '@plumbline/analysis'
import type { CollectedStatement } from '@plumbline/store'
import type { JobWarning } from '@plumbline/workflows'

/** Enough to see a pattern. */
const mostListed = 50
const longestName = 60

/** Gathers statements that were not understood: the first ones by name, the rest by their number. */
export interface FailureReport {
  add(statement: CollectedStatement, traced: Pick<TracedStatement, 'failures' | 'gaveUp'>): void
  failed(): number
  warnings(): JobWarning[]
}

export function failureReport(dialect: SqlDialect): FailureReport {
  const listed: JobWarning[] = []
  let failed = 0
  return {
    add(statement, { failures, gaveUp }) {
      const [first] = failures
      if (!first && gaveUp === null) return
      failed++
      if (listed.length === mostListed) return
      const object = nameOf(statement)
      const reason =
        gaveUp === null && first ? reasonOf(first, { count: failures.length, dialect }) : `It was given up: ${gaveUp}`
      listed.push({
        code: 'statement-not-parsed',
        object,
        message: `${object} was not understood; its tables are told by its words, its columns not. ${reason}`,
      })
    },
    failed: () => failed,
    warnings: () =>
      failed <= listed.length
        ? listed
        : [
            ...listed,
            {
              code: 'statement-not-parsed',
              object: 'more statements',
              message: `${failed - listed.length} more statements were not understood`,
            },
          ],
  }
}

function reasonOf(
  { message, line, column, extract }: TracedStatement['failures'][number],
  { count, dialect }: { count: number; dialect: SqlDialect },
): string {
  const place = line === null ? '' : ` at line ${line}${column === null ? '' : `, column ${column}`}`
  const near = extract === '' ? '' : `, near “${withoutLiterals(extract, dialect)}”`
  // The parser quotes what it found, which may be a value.
  return `${message.replaceAll(/'(?:[^']|'')*'/g, "''")}${place}${near}${count > 1 ? ` (and ${count - 1} more of its statements)` : ''}`
}

/** A query has no name: its first words are. */
function nameOf({ name, text }: CollectedStatement): string {
  if (name !== '') return name
  const words = text.replaceAll(/\s+/g, ' ').trim()
  return words.length > longestName ? `${words.slice(0, longestName)}…` : words
}

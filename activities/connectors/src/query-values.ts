import { ConnectorError } from './connector-error.ts'
import type { QueryValue } from './measuring.ts'

/** The longest name of a group that is kept. */
const longestGroup = 200
/** What the group of null is called. */
const nullGroup = '(null)'

/**
 * What the query of a person came to: one number, or one a group.
 *
 * @param fields how many columns it has
 * @param rows texts; no more than one beyond `maxRows`
 * @throws ConnectorError `invalid-input` for an answer that is neither
 */
export function queryValues(
  { fields, rows }: { fields: number; rows: readonly (readonly (string | null)[])[] },
  maxRows: number,
): QueryValue[] {
  if (rows.length > maxRows) throw refused(`It returned more than ${maxRows} groups`)
  if (fields === 1 && rows.length > 1) throw refused('It returned more than one row: name a group beside the number')
  const values = rows.map((row) => {
    const [value = null, group = null] = row.toReversed()
    return { group: fields === 1 ? null : (group ?? nullGroup).slice(0, longestGroup), value: numberOf(value) }
  })
  const names = new Set<string | null>()
  for (const { group } of values) {
    if (names.has(group)) throw refused(`It returned the group ${group} twice`)
    names.add(group)
  }
  return values
}

function numberOf(text: string | null): number | null {
  if (text === null) return null
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value)) return value
  if (isDigits.test(text))
    throw refused('It returned a number that is too large to be kept: the largest is about 1.8e308')
  if (/^(NaN|-?Inf(inity)?)$/i.test(text)) throw refused(`It returned ${text}, which cannot be compared with anything`)
  throw refused('It returned something else than a number')
}

/** A number that is written out, however long it is. */
const isDigits = /^\s*[+-]?\d+(\.\d*)?(e[+-]?\d+)?\s*$/i

const refused = (message: string) => new ConnectorError('invalid-input', message)

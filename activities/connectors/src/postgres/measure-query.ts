import { ConnectorError } from '../connector-error.ts'
import type { QueryRequest, QueryValue } from '../measuring.ts'
import type { PostgresLink } from './link.ts'

/** The longest name of a group that is kept. */
const longestGroup = 200

/**
 * Runs a query of a person, read only, through a cursor: no more rows are read than asked for, and the transaction is rolled
 * back. The caller has parsed it: it is one SELECT that calls nothing but known functions. What the parser saw is what the
 * server sees, whatever its `standard_conforming_strings`, and a second statement would be refused by the extended protocol.
 *
 * @throws ConnectorError `invalid-input` for an answer that is not one number, or one a group
 */
export async function measureQuery(
  link: PostgresLink,
  { sql, maxRows, timeoutMs }: QueryRequest,
): Promise<QueryValue[]> {
  await using _transaction = await link.begin(timeoutMs)
  await link.query(`select pg_catalog.set_config('standard_conforming_strings', 'on', true)`)
  await link.queryTexts(`declare plumbline_metric no scroll cursor for ${sql}`)
  const { fields, rows } = await link.queryTexts(`fetch forward ${Math.trunc(maxRows) + 1} from plumbline_metric`)
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

/** What the group of null is called. */
const nullGroup = '(null)'

function numberOf(text: string | null): number | null {
  if (text === null) return null
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value)) return value
  if (/^(NaN|-?Infinity)$/.test(text)) throw refused(`It returned ${text}, which cannot be compared with anything`)
  throw refused('It returned something else than a number')
}

const refused = (message: string) => new ConnectorError('invalid-input', message)

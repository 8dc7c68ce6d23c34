import { ConnectorError } from '../connector-error.ts'
import type { QueryRequest, QueryValue } from '../measuring.ts'
import { queryValues } from '../query-values.ts'
import { timeText } from './cell.ts'
import type { BigQueryLink } from './link.ts'
import { estimateQuery, queryPages } from './query-job.ts'

/**
 * Runs a query of a person. The caller has parsed it: it is one SELECT that calls nothing but known functions. BigQuery itself says
 * before what kind of statement it takes it for, and what it would read. Names have no project: they are of that of the connection, also
 * where another one pays.
 *
 * @throws ConnectorError `invalid-input` for an answer that is not one number, or one a group; `source-failed` for a query that would read
 *   more than the connection allows
 */
export async function measureQuery(
  link: BigQueryLink,
  { sql, maxRows, timeoutMs }: QueryRequest,
): Promise<QueryValue[]> {
  const options = { timeoutMs, namesOf: link.settings.project }
  const { statementType } = await estimateQuery(link, sql, options)
  if (statementType !== 'SELECT')
    throw new ConnectorError('invalid-input', `BigQuery takes it for ${statementType}: only a SELECT is allowed`)
  const most = Math.trunc(maxRows) + 1
  const found: (string | null)[][] = []
  let fields = 0
  for await (const { names, types, rows } of queryPages(link, sql, { ...options, mostRows: most })) {
    fields = names.length
    found.push(...rows.slice(0, most - found.length).map((row) => row.map((text, index) => shown(text, types[index]))))
    if (found.length === most) break
  }
  return queryValues({ fields, rows: found }, maxRows)
}

/** A time comes as a number, and is none. */
const shown = (text: string | null, type: string | undefined): string | null =>
  text !== null && type === 'TIMESTAMP' ? timeText(text) : text

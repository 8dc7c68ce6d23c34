import type { QueryRequest, QueryValue } from '../measuring.ts'
import { queryValues } from '../query-values.ts'
import type { PostgresLink } from './link.ts'

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
  return queryValues(await link.queryTexts(`fetch forward ${Math.trunc(maxRows) + 1} from plumbline_metric`), maxRows)
}

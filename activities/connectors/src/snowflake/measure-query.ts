import type { QueryRequest, QueryValue } from '../measuring.ts'
import { queryValues } from '../query-values.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier } from './quote.ts'

/**
 * Runs a query of a person. The caller has parsed it: it is one SELECT that calls nothing but known functions. Snowflake has no transaction
 * that only reads; a second statement is refused by the session, and no more rows are given than asked for. Names have no database: they are
 * of that of the connection.
 *
 * @throws ConnectorError `invalid-input` for an answer that is not one number, or one a group
 */
export async function measureQuery(
  link: SnowflakeLink,
  { sql, maxRows, timeoutMs }: QueryRequest,
): Promise<QueryValue[]> {
  await link.query(`use database ${quoteIdentifier(foldIdentifier(link.settings.database))}`)
  const rows = await link.texts(sql, { timeoutMs, mostRows: Math.trunc(maxRows) + 1 })
  return queryValues({ fields: rows[0]?.length ?? 0, rows }, maxRows)
}

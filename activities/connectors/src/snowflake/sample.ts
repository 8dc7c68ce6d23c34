import type { SampleRequest } from '../connector.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, quoteName } from './quote.ts'

const timeoutMs = 30_000
const longestValue = 512

/**
 * The first rows that Snowflake has at hand, in one statement: it stops as soon as it has them, so a large table costs no more.
 * @returns for each column its values as text, cut at 512 characters, without nulls
 */
export async function sample(
  link: SnowflakeLink,
  { schema, table, columns, rows }: SampleRequest,
): Promise<string[][]> {
  if (columns.length === 0) return []
  const values = columns.map(
    (name, index) => `left(to_varchar(${quoteIdentifier(name)}), ${longestValue}) as "c${index}"`,
  )
  const place = quoteName(foldIdentifier(link.settings.database), schema, table)
  const limit = Math.max(0, Math.trunc(rows))
  const found = await link.query<Record<string, string | null>>(
    `select ${values.join(', ')} from ${place} limit ${limit}`,
    { timeoutMs },
  )
  return columns.map((_, index) => found.flatMap((row) => row[`c${index}`] ?? []))
}

import type { SnowflakeLink } from './link.ts'
import { quoteIdentifier, quoteLiteral, quoteName } from './quote.ts'

/** A `SHOW` never returns more rows. */
const mostRows = 10_000
const timeoutMs = 120_000

export interface Place {
  database: string
  /** To be asked one by one where the whole database is too much. */
  schemas: readonly string[]
}

/**
 * All objects of a kind that a `SHOW … LIMIT … FROM` pages through by name. Names repeat from schema to schema, so more than one answer
 * holds is paged schema by schema.
 */
export async function showObjects<Row extends { name: string }>(
  link: SnowflakeLink,
  objects: string,
  { database, schemas }: Place,
): Promise<Row[]> {
  const all = await link.query<Row>(`show ${objects} in database ${quoteIdentifier(database)}`, { timeoutMs })
  if (all.length < mostRows) return all
  const rows: Row[] = []
  for (const schema of schemas) {
    for (let after: string | undefined; ;) {
      const from = after === undefined ? '' : ` from ${quoteLiteral(after)}`
      const sql = `show ${objects} in schema ${quoteName(database, schema)} limit ${mostRows}${from}`
      const page = await link.query<Row>(sql, { timeoutMs })
      rows.push(...page)
      after = page.at(-1)?.name
      if (page.length < mostRows || after === undefined) break
    }
  }
  return rows
}

/**
 * Keys, which no `LIMIT` pages: of the whole database, where that is more than one answer holds schema by schema, and then table by
 * table.
 * @param tablesOf the tables of a schema
 */
export async function showKeys<Row>(
  link: SnowflakeLink,
  keys: 'PRIMARY KEYS' | 'UNIQUE KEYS' | 'IMPORTED KEYS',
  { database, schemas, tablesOf }: Place & { tablesOf: (schema: string) => readonly string[] },
): Promise<Row[]> {
  const all = await link.query<Row>(`show ${keys} in database ${quoteIdentifier(database)}`, { timeoutMs })
  if (all.length < mostRows) return all
  const rows: Row[] = []
  for (const schema of schemas) {
    const some = await link.query<Row>(`show ${keys} in schema ${quoteName(database, schema)}`, { timeoutMs })
    if (some.length < mostRows) rows.push(...some)
    else
      for (const table of tablesOf(schema))
        rows.push(
          ...(await link.query<Row>(`show ${keys} in table ${quoteName(database, schema, table)}`, { timeoutMs })),
        )
  }
  return rows
}

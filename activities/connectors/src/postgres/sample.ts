import type { SampleRequest } from '../connector.ts'
import { samplePercent } from '../sample-percent.ts'
import type { PostgresLink } from './link.ts'
import { quoteIdentifier, quoteRelation } from './quote.ts'

const statementTimeoutMs = 15_000
const longestValue = 512
/** From about 64 MB on, reading some pages at random costs less than it tells more than the first rows do. */
const spreadFromPages = 8_192
/** How many pages are read for each row that is wanted: tables with few rows a page still give enough. */
const pagesPerRow = 2

/**
 * The first rows of a relation, or of a large plain table rows from pages all over it. One statement reads values.
 * @returns for each column its values as text, cut at 512 characters, without nulls
 */
export async function sample(link: PostgresLink, request: SampleRequest): Promise<string[][]> {
  if (request.columns.length === 0) return []
  await using _transaction = await link.begin(statementTimeoutMs)
  const [size] = await link.query<{ pages: number }>(sizeQuery, [request.schema, request.table])
  const rows = await link.query<Record<string, string | null>>(sampleQuery(request, size?.pages ?? 0))
  return request.columns.map((_, index) => rows.flatMap((row) => row[`c${index}`] ?? []))
}

/** `relpages` is what the last vacuum or analyze saw: good enough to tell a large table from a small one. */
const sizeQuery = `
select c.relpages as pages from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2 and c.relkind in ('r','m')`

export function sampleQuery({ schema, table, columns, rows }: SampleRequest, pages: number): string {
  const values = columns.map((name, index) => `left(${quoteIdentifier(name)}::text, ${longestValue}) as c${index}`)
  const limit = Math.max(0, Math.trunc(rows))
  const spread = pages < spreadFromPages ? '' : ` tablesample system (${samplePercent((limit * pagesPerRow) / pages)})`
  return `select ${values.join(', ')} from ${quoteRelation(schema, table)}${spread} limit ${limit}`
}

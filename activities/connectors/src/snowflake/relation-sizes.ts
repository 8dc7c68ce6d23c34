import type { RelationRef } from '../connector.ts'
import type { RelationSize } from '../measuring.ts'
import { relationKey } from './catalog-rows.ts'
import { viewOf } from './catalog-statements.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteLiteral } from './quote.ts'

const timeoutMs = 60_000
/** Names in one condition: Snowflake takes 16,384. */
const mostNames = 1_000

interface SizeRow {
  schema: string
  name: string
  bytes: number | null
  rows: number | null
}

interface ColumnRow {
  schema: string
  name: string
  column: string
}

/** What Snowflake counts as it writes: rows and bytes are exact, and cost no reading. A view has neither. */
export async function relationSizes(link: SnowflakeLink, relations: readonly RelationRef[]): Promise<RelationSize[]> {
  const database = foldIdentifier(link.settings.database)
  const sizes: RelationSize[] = []
  for (let from = 0; from < relations.length; from += mostNames) {
    const some = relations.slice(from, from + mostNames)
    const rows = await link.query<SizeRow>(
      `select table_schema as "schema", table_name as "name", bytes as "bytes", row_count as "rows"
      from ${viewOf(database, 'tables')} where ${isOneOf(some)}`,
      { timeoutMs },
    )
    const counted = new Map(rows.map((row) => [relationKey(row), row]))
    const columns = new Map<string, string[]>()
    const pages = link.pages<ColumnRow>(
      `select table_schema as "schema", table_name as "name", column_name as "column"
      from ${viewOf(database, 'columns')} where ${isOneOf(some)} order by table_schema, table_name, ordinal_position`,
      { timeoutMs },
    )
    for await (const page of pages)
      for (const row of page) columns.set(relationKey(row), [...(columns.get(relationKey(row)) ?? []), row.column])
    sizes.push(
      ...some.flatMap((relation): RelationSize[] => {
        const names = columns.get(relationKey(relation))
        if (names === undefined) return []
        const { bytes = null, rows: count = null } = counted.get(relationKey(relation)) ?? {}
        return [{ externalId: relation.externalId, bytes, rows: count, columns: names, distinct: {} }]
      }),
    )
  }
  return sizes
}

export const isOneOf = (relations: readonly Pick<RelationRef, 'schema' | 'name'>[]): string =>
  `(table_schema, table_name) in (${relations
    .map(({ schema, name }) => `(${quoteLiteral(schema)}, ${quoteLiteral(name)})`)
    .join(', ')})`

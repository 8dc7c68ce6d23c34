import type { StorageKind, TableObservation, TimeColumn } from '@plumbline/workflows'
import type { ObservedTables, RelationRef } from '../connector.ts'
import { relationKey } from './catalog-rows.ts'
import { viewOf } from './catalog-statements.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, quoteLiteral } from './quote.ts'
import { readableRelations } from './relation-privileges.ts'
import { isOneOf } from './relation-sizes.ts'

const timeoutMs = 60_000

interface ObservedRow {
  schema: string
  name: string
  type: string
  altered: number | null
  defined: number | null
  rows: number | null
  bytes: number | null
}

/**
 * When tables were altered last, with their rows and bytes, and their columns of time: a few statements on the catalog, whatever their number, and
 * no row of any table. Snowflake alters a table also by upkeep of its own, so what changed is told by comparing (`altered-update.ts` of analysis).
 */
export async function observeTables(link: SnowflakeLink, relations: readonly RelationRef[]): Promise<ObservedTables> {
  const database = foldIdentifier(link.settings.database)
  const [clock] = await link.query<{ now: number }>(`select ${epochMs('current_timestamp()')} as "now"`)
  const rows =
    relations.length === 0 ? [] : await link.query<ObservedRow>(observation(database, relations), { timeoutMs })
  const observed = new Map(rows.map((row) => [relationKey(row), row]))
  const columns = await timeColumns(link, database, relations)
  const readable = relations.length === 0 ? new Set<string>() : await readableRelations(link, quoteIdentifier(database))
  return {
    moment: {
      now: timeOf(clock?.now ?? null) ?? new Date().toISOString(),
      counts: false,
      commitTimestamps: false,
      tailReads: false,
      timezone: 'UTC',
    },
    tables: relations.flatMap(({ externalId, ...relation }) => {
      const row = observed.get(relationKey(relation))
      const key = relationKey(relation)
      return row
        ? [{ ...observationOf(externalId, row), columns: columns.get(key) ?? [], readable: readable?.has(key) ?? true }]
        : []
    }),
  }
}

const epochMs = (term: string): string => `date_part(epoch_millisecond, ${term})`

/** Views are among the tables, or only among the views: as in `read-catalog.ts`. */
const observation = (database: string, relations: readonly RelationRef[]): string => `
select table_schema as "schema", table_name as "name", table_type as "type", ${epochMs('last_altered')} as "altered",
  ${epochMs('last_ddl')} as "defined", row_count as "rows", bytes as "bytes"
from ${viewOf(database, 'tables')} where ${isOneOf(relations)}
union all
select table_schema, table_name, 'VIEW', null, null, null, null
from ${viewOf(database, 'views')} v where ${isOneOf(relations)} and not exists (
  select 1 from ${viewOf(database, 'tables')} t where t.table_schema = v.table_schema and t.table_name = v.table_name)`

const storageOf: Readonly<Record<string, StorageKind>> = { VIEW: 'view', 'EXTERNAL TABLE': 'foreign' }

function observationOf(externalId: string, row: ObservedRow): Omit<TableObservation, 'columns' | 'readable'> {
  const storage = storageOf[row.type] ?? 'table'
  const { rows, bytes } = row
  const altered = { at: timeOf(row.altered), definedAt: timeOf(row.defined), rows, bytes }
  return {
    externalId,
    parent: null,
    schema: row.schema,
    name: row.name,
    storage,
    counters: null,
    ...(storage === 'table' && { altered }),
    pages: bytes === 0 ? 0 : 1,
  }
}

const timeTypes: Readonly<Record<string, TimeColumn['type']>> = {
  DATE: 'date',
  TIMESTAMP_LTZ: 'timestamptz',
  TIMESTAMP_NTZ: 'timestamp',
  TIMESTAMP_TZ: 'timestamptz',
}

/** Snowflake keeps the greatest value of each: that is as near as by an index. */
async function timeColumns(
  link: SnowflakeLink,
  database: string,
  relations: readonly RelationRef[],
): Promise<Map<string, TimeColumn[]>> {
  const columns = new Map<string, TimeColumn[]>()
  if (relations.length === 0) return columns
  const pages = link.pages<{ schema: string; name: string; column: string; type: string }>(
    `select table_schema as "schema", table_name as "name", column_name as "column", data_type as "type"
    from ${viewOf(database, 'columns')} where ${isOneOf(relations)}
      and data_type in (${Object.keys(timeTypes).map(quoteLiteral).join(', ')})
    order by table_schema, table_name, ordinal_position`,
    { timeoutMs },
  )
  for await (const rows of pages)
    for (const row of rows) {
      const type = timeTypes[row.type]
      const known = columns.get(relationKey(row)) ?? []
      if (type)
        columns.set(relationKey(row), [...known, { name: row.column, type, indexed: true, partitionKey: false }])
    }
  return columns
}

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

import type { StorageKind, TableObservation } from '@plumbline/workflows'
import type { ObservedTables, RelationRef } from '../connector.ts'
import { relationKey } from './catalog-rows.ts'
import { viewOf } from './catalog-statements.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier } from './quote.ts'
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
 * When tables were altered last, with their rows and bytes: two statements on the catalog, whatever their number, and no row of any
 * table. Snowflake alters a table also by upkeep of its own, so what changed is told by comparing (`altered-update.ts` of analysis).
 */
export async function observeTables(link: SnowflakeLink, relations: readonly RelationRef[]): Promise<ObservedTables> {
  const database = foldIdentifier(link.settings.database)
  const [clock] = await link.query<{ now: number }>(`select ${epochMs('current_timestamp()')} as "now"`)
  const rows =
    relations.length === 0 ? [] : await link.query<ObservedRow>(observation(database, relations), { timeoutMs })
  const observed = new Map(rows.map((row) => [relationKey(row), row]))
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
      return row ? [observationOf(externalId, row)] : []
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

function observationOf(externalId: string, row: ObservedRow): TableObservation {
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
    // No row of it is looked at.
    columns: [],
    readable: true,
  }
}

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

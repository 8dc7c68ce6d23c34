import type { StorageKind, TableObservation } from '@plumbline/workflows'
import type { ObservedTables, RelationRef } from '../connector.ts'
import type { BigQueryLink } from './link.ts'
import type { TableStatistics } from './resources.ts'
import { bytesOf, countedTables, rowsOf, type CountedTable } from './table-statistics.ts'

/**
 * When tables were altered last, with their rows and bytes: one call a table, and no row of any. BigQuery has one time for writes and
 * for changes of the definition, so what changed is told by comparing (`altered-update.ts` of analysis).
 */
export async function observeTables(link: BigQueryLink, relations: readonly RelationRef[]): Promise<ObservedTables> {
  const counted = await countedTables(link, relations)
  return {
    // No call tells the time of BigQuery; that of this machine is kept right by its owner.
    moment: {
      now: new Date().toISOString(),
      counts: false,
      commitTimestamps: false,
      tailReads: false,
      timezone: 'UTC',
    },
    tables: counted.map(observationOf),
  }
}

const storageOf: Readonly<Record<string, StorageKind>> = { VIEW: 'view', EXTERNAL: 'foreign' }

function observationOf({ relation: { externalId, schema, name }, statistics }: CountedTable): TableObservation {
  const storage = storageOf[statistics.type ?? 'TABLE'] ?? 'table'
  const bytes = bytesOf(statistics)
  const altered = { at: alteredAt(statistics), definedAt: null, rows: rowsOf(statistics), bytes }
  return {
    externalId,
    parent: null,
    schema,
    name,
    storage,
    counters: null,
    ...(storage === 'table' && { altered }),
    pages: bytes === 0 ? 0 : 1,
    // No row of it is looked at.
    columns: [],
    readable: true,
  }
}

/** Rows that are streamed in move no time before they are stored: the oldest of them came at least then. */
function alteredAt({ lastModifiedTime = 0, streamingBuffer }: TableStatistics): string | null {
  const last = Math.max(lastModifiedTime, streamingBuffer?.oldestEntryTime ?? 0)
  return last === 0 ? null : new Date(last).toISOString()
}

import type { AlteredState, StorageKind, TableObservation } from '@plumbline/workflows'
import type { ObservedTables, RelationRef } from '../connector.ts'
import type { BigQueryLink } from './link.ts'
import type { TableStatistics } from './resources.ts'
import { bytesOf, countedTables, isPartitioned, rowsOf, type CountedTable } from './table-statistics.ts'
import { writtenPartitions, type WrittenPartition } from './written-partitions.ts'

/**
 * When tables were altered last, with their rows and bytes: one call a table, one query a dataset that has partitioned ones, and no row of
 * any. Of a table that is not partitioned BigQuery has one time for writes and for changes of the definition, so what changed is told by
 * comparing (`altered-update.ts` of analysis).
 */
export async function observeTables(link: BigQueryLink, relations: readonly RelationRef[]): Promise<ObservedTables> {
  const counted = await countedTables(link, relations)
  const partitioned = counted.filter(isPartitioned).map(({ relation }) => relation)
  const partitions = await writtenPartitions(link, partitioned)
  return {
    // No call tells the time of BigQuery; that of this machine is kept right by its owner.
    moment: {
      now: new Date().toISOString(),
      counts: false,
      commitTimestamps: false,
      tailReads: false,
      timezone: 'UTC',
    },
    tables: counted.map((one) => observationOf(one, partitions.of(one.relation))),
    warnings: partitions.warnings,
  }
}

const storageOf: Readonly<Record<string, StorageKind>> = { VIEW: 'view', EXTERNAL: 'foreign' }

function observationOf(
  { relation: { externalId, schema, name }, statistics }: CountedTable,
  written: WrittenPartition | undefined,
): TableObservation {
  const storage = storageOf[statistics.type ?? 'TABLE'] ?? 'table'
  const bytes = bytesOf(statistics)
  const times = written ? byPartition(statistics, written, `${schema}.${name}`) : byTable(statistics)
  return {
    externalId,
    parent: null,
    schema,
    name,
    storage,
    counters: null,
    ...(storage === 'table' && { altered: { ...times, rows: rowsOf(statistics), bytes } }),
    pages: bytes === 0 ? 0 : 1,
    // No row of it is looked at.
    columns: [],
    readable: true,
  }
}

type Times = Omit<AlteredState, 'rows' | 'bytes'>

const byTable = ({ lastModifiedTime = 0, streamingBuffer }: TableStatistics): Times => ({
  at: timeOf(Math.max(lastModifiedTime, streamedSince(streamingBuffer))),
  definedAt: null,
})

/** The time of a table that rows were written to is not always that of its partition to the second. */
const sameWriteMs = 60_000

/** What moved the time of the table, and that of no partition, was no row. */
function byPartition(
  { lastModifiedTime = 0, streamingBuffer }: TableStatistics,
  { id, modified }: WrittenPartition,
  table: string,
): Times {
  const streamed = streamedSince(streamingBuffer)
  const at = Math.max(modified, streamed)
  return {
    at: timeOf(at),
    definedAt: lastModifiedTime - at > sameWriteMs ? timeOf(lastModifiedTime) : null,
    ...(modified >= streamed && { partition: `${table}$${id}` }),
  }
}

/** Rows that are streamed in move no time before they are stored: the oldest of them came at least then. */
const streamedSince = (buffer: TableStatistics['streamingBuffer']): number => buffer?.oldestEntryTime ?? 0

const timeOf = (ms: number): string | null => (ms === 0 ? null : new Date(ms).toISOString())

import type { RelationRef } from '../connector.ts'
import { isNotFound } from './driver-error.ts'
import { inParallel, mostCalls } from './in-parallel.ts'
import type { BigQueryLink } from './link.ts'
import { quoteLiteral, quoteName } from './quote.ts'
import { runQuery } from './query-job.ts'
import { statisticsFields, zTableStatistics, type TableStatistics } from './resources.ts'
import { isSharded } from './shards.ts'
import { tablePath } from './table-path.ts'

export interface CountedTable {
  relation: RelationRef
  statistics: TableStatistics
}

/** What BigQuery keeps count of, by one call a table that costs nothing; what is gone is left out. */
export async function countedTables(link: BigQueryLink, relations: readonly RelationRef[]): Promise<CountedTable[]> {
  const found = await inParallel(relations, mostCalls, async (relation) => {
    try {
      return { relation, statistics: await statisticsOf(link, relation) }
    } catch (error) {
      if (isNotFound(error)) return null
      throw error
    }
  })
  return found.filter((one) => one !== null)
}

async function statisticsOf(link: BigQueryLink, relation: RelationRef): Promise<TableStatistics> {
  if (!isSharded(relation.name)) return ask(link, relation)
  const { newest, rows, bytes, modified } = await shardsOf(link, relation)
  const statistics = await ask(link, { schema: relation.schema, name: newest })
  const buffered = statistics.streamingBuffer
  return { ...statistics, numRows: rows, numBytes: bytes, lastModifiedTime: modified, streamingBuffer: buffered }
}

const ask = (link: BigQueryLink, table: { schema: string; name: string }): Promise<TableStatistics> =>
  link.call({ path: tablePath(table), query: { fields: statisticsFields }, answer: zTableStatistics })

export interface Shards {
  /** The name of the newest; that of a table that is not there when there is none. */
  newest: string
  rows: number
  bytes: number
  /** When any of them was altered last; milliseconds since 1970. */
  modified: number
}

/** All shards of a relation at once: the list of tables of a dataset is a table itself, which costs nothing to read. */
export async function shardsOf(
  link: BigQueryLink,
  { schema, name }: Pick<RelationRef, 'schema' | 'name'>,
): Promise<Shards> {
  const prefix = name.slice(0, -1)
  const [row = {}] = await runQuery(
    link,
    `select max(table_id) as newest, cast(sum(row_count) as string) as row_total, cast(sum(size_bytes) as string) as bytes,
      cast(max(last_modified_time) as string) as modified
    from ${quoteName(link.settings.project, schema, '__TABLES__')}
    where starts_with(table_id, ${quoteLiteral(prefix)})
      and regexp_contains(substr(table_id, ${prefix.length + 1}), r'^[0-9]{8}$')`,
  )
  return {
    newest: row['newest'] ?? name,
    rows: Number(row['row_total'] ?? 0),
    bytes: Number(row['bytes'] ?? 0),
    modified: Number(row['modified'] ?? 0),
  }
}

/** With what was streamed in and is not stored yet. */
export const rowsOf = ({ numRows, streamingBuffer }: TableStatistics): number | null =>
  numRows === undefined ? null : numRows + (streamingBuffer?.estimatedRows ?? 0)

export const bytesOf = ({ numBytes, streamingBuffer }: TableStatistics): number | null =>
  numBytes === undefined ? null : numBytes + (streamingBuffer?.estimatedBytes ?? 0)

/** Cut into partitions, not into tables of one a day. */
export const isPartitioned = ({ relation, statistics }: CountedTable): boolean =>
  !isSharded(relation.name) && (statistics.timePartitioning ?? statistics.rangePartitioning) !== undefined

/** What is stored nowhere has no size; what lies elsewhere has none that BigQuery knows. */
export const isStored = ({ type = 'TABLE' }: TableStatistics): boolean => type !== 'VIEW' && type !== 'EXTERNAL'

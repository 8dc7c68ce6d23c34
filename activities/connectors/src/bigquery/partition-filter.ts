import type { BigQueryLink } from './link.ts'
import { quoteIdentifier } from './quote.ts'
import { zPartitioning, type FieldResource, type Partitioning } from './resources.ts'
import { tablePath } from './table-path.ts'

/**
 * A condition that is true of every row, for a table that refuses to be read without one on its partitions; null for any other.
 */
export async function partitionFilter(
  link: BigQueryLink,
  table: { schema: string; name: string },
): Promise<string | null> {
  const query = { fields: 'requirePartitionFilter,timePartitioning,rangePartitioning,schema', view: 'BASIC' }
  return filterOf(await link.call({ path: tablePath(table), query, answer: zPartitioning }))
}

export function filterOf({
  requirePartitionFilter,
  timePartitioning,
  rangePartitioning,
  schema,
}: Partitioning): string | null {
  if (!requirePartitionFilter && !timePartitioning?.requirePartitionFilter) return null
  const field = timePartitioning?.field ?? rangePartitioning?.field
  if (field === undefined) return everyRow('_PARTITIONTIME', 'TIMESTAMP')
  return everyRow(quoteIdentifier(field), schema?.fields?.find(({ name }) => name === field)?.type ?? 'TIMESTAMP')
}

/** The first values of the types that a table can be partitioned by. */
const first: Readonly<Record<string, string>> = {
  DATE: `date '0001-01-01'`,
  DATETIME: `datetime '0001-01-01 00:00:00'`,
  INTEGER: '-9223372036854775808',
  INT64: '-9223372036854775808',
  TIMESTAMP: `timestamp '0001-01-01 00:00:00+00'`,
}

const everyRow = (column: string, type: FieldResource['type']): string =>
  `(${column} >= ${first[type] ?? first['TIMESTAMP']} or ${column} is null)`

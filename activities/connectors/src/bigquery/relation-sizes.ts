import type { RelationRef } from '../connector.ts'
import type { RelationSize } from '../measuring.ts'
import type { BigQueryLink } from './link.ts'
import { bytesOf, countedTables, isStored, rowsOf } from './table-statistics.ts'

/** What BigQuery counts as it writes: rows and bytes are exact but for what was streamed in just now, and cost no reading. */
export async function relationSizes(link: BigQueryLink, relations: readonly RelationRef[]): Promise<RelationSize[]> {
  const counted = await countedTables(link, relations)
  return counted.map(({ relation: { externalId }, statistics }) => ({
    externalId,
    bytes: isStored(statistics) ? bytesOf(statistics) : null,
    rows: isStored(statistics) ? rowsOf(statistics) : null,
    columns: (statistics.schema?.fields ?? []).map(({ name }) => name),
    distinct: {},
  }))
}

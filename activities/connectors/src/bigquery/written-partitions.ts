import type { JobWarning } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import type { NamedTable } from './table-path.ts'
import { endsSession } from './driver-error.ts'
import type { BigQueryLink } from './link.ts'
import { quoteIdentifier, quoteLiteral } from './quote.ts'
import { runQuery } from './query-job.ts'
import { roleFor } from './role-for.ts'

/** BigQuery tells of the partitions of no more tables at once: https://cloud.google.com/bigquery/docs/information-schema-partitions. */
const mostTables = 1_000
const timeoutMs = 60_000

/** The partition of a table that rows were written to last. */
export interface WrittenPartition {
  /** `20240131`, `__NULL__`, `__UNPARTITIONED__` for what was streamed in just now. */
  id: string
  /** Milliseconds since 1970. */
  modified: number
}

export interface WrittenPartitions {
  of: (table: NamedTable) => WrittenPartition | undefined
  warnings: JobWarning[]
}

/**
 * Which partition of each table was written last, and when: the time of a table moves with its definition too, that of a partition only with its
 * rows. One query a dataset and 1,000 tables, which is billed as the least that BigQuery bills, 10 MB. Where queries may not be run the tables are
 * told by their own time, and a warning says so.
 */
export async function writtenPartitions(link: BigQueryLink, tables: readonly NamedTable[]): Promise<WrittenPartitions> {
  const found = new Map<string, WrittenPartition>()
  const warnings: JobWarning[] = []
  for (const [schema, inSchema] of Map.groupBy(tables, (table) => table.schema)) {
    try {
      for (let from = 0; from < inSchema.length; from += mostTables) {
        const sql = statementOf(link, schema, inSchema.slice(from, from + mostTables))
        for (const { name, id, modified } of await runQuery(link, sql, { timeoutMs }))
          if (name != null && id != null) found.set(keyOf({ schema, name }), { id, modified: Number(modified) })
      }
    } catch (error) {
      if (!(error instanceof ConnectorError) || endsSession(error)) throw error
      warnings.push(notReadable(error, schema, link.payer))
    }
  }
  return { of: (table) => found.get(keyOf(table)), warnings }
}

const keyOf = ({ schema, name }: NamedTable): string => JSON.stringify([schema, name])

const statementOf = (link: BigQueryLink, schema: string, tables: readonly NamedTable[]): string =>
  `select table_name as name, max_by(partition_id, last_modified_time) as id,
    cast(unix_millis(max(last_modified_time)) as string) as modified
  from ${quoteIdentifier(link.settings.project)}.${quoteIdentifier(schema)}.INFORMATION_SCHEMA.PARTITIONS
  where table_name in (${tables.map(({ name }) => quoteLiteral(name)).join(', ')}) group by table_name`

function notReadable({ code, message: said }: ConnectorError, schema: string, payer: string): JobWarning {
  const told = `Partitions of ${schema} cannot be looked at, so a change of a definition counts as one of rows there: ${said}`
  const grant = `It needs roles/bigquery.jobUser: ${roleFor(payer, 'jobUser')}`
  return {
    code: 'partitions-not-readable',
    object: schema,
    message: code === 'permission-denied' ? `${told}. ${grant}` : told,
  }
}

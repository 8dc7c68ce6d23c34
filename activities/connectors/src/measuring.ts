import type { ColumnType, ColumnMetric, MeasureMethod, NoDataReason } from '@plumbline/workflows'

/** What a source knows of a relation without reading it. */
export interface RelationSize {
  externalId: string
  /** Of its rows as they are stored, with all partitions; null for what is stored nowhere, as a view. */
  bytes: number | null
  /** How many rows it has, as far as the source keeps count; null where it was never counted. */
  rows: number | null
  /** Its columns that are there now and may be read. */
  columns: string[]
  /** Different values by column, where the source counted them and little has changed since. */
  distinct: Record<string, number>
}

export interface MeasureRequest {
  schema: string
  table: string
  columns: readonly { name: string; type: ColumnType }[]
  /** Keys whose repetitions are counted. */
  keys: readonly (readonly string[])[]
  /** `part`: of the stored rows, 0 to 1. `rows`: no more than so many, for what cannot be sampled. */
  read: { kind: 'all' } | { kind: 'part'; part: number } | { kind: 'rows'; rows: number }
  timeoutMs: number
}

/** One value; without one, why. */
export interface Measure {
  value: number | null
  noData: NoDataReason | null
  method: MeasureMethod
}

export interface Measurement {
  /** Rows that were read. */
  rows: number
  /** There are more of them than were asked for. */
  cut: boolean
  columns: (Measure & { metric: ColumnMetric; column: string })[]
  /** In the order of the keys. */
  duplicates: Measure[]
  /** Where the source bills what it reads, and says how much that was. */
  bytesBilled?: number
}

export interface QueryRequest {
  /** A single SELECT that was parsed and allowed. */
  sql: string
  maxRows: number
  timeoutMs: number
}

/** What a query returned: one number, or one a group. */
export interface QueryValue {
  group: string | null
  value: number | null
}

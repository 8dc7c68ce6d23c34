import type { ColumnMetric, NoDataReason } from '@plumbline/workflows'
import type { Measure, Measurement } from './measuring.ts'

interface Meaning {
  sampled: boolean
  unscalable: boolean
  /** What it means where there is no value. */
  missing: NoDataReason
}

/**
 * A value as a statement gave it, as text. How many different values there are, or repeated ones (`unscalable`), cannot be told from a
 * part of the rows.
 */
function measureOf(text: string | null, { sampled, unscalable, missing }: Meaning): Measure {
  const method = sampled ? 'sampled' : 'exact'
  if (sampled && unscalable) return { value: null, noData: 'sampled', method }
  if (text === null) return { value: null, noData: missing, method }
  const value = Number(text)
  return Number.isFinite(value) ? { value, noData: null, method } : { value: null, noData: 'too_large', method }
}

export interface MeasuredRow {
  /** Rows that were read. */
  rows: number
  /** There are more of them than were asked for. */
  cut: boolean
  /** Only a part of the table was to be read. */
  isPart: boolean
  /** What each value of a column is; one `isEstimate` that the source itself only comes near to. */
  outputs: readonly { column: string; metric: ColumnMetric; isEstimate?: boolean }[]
  /** How many keys were counted. */
  keys: number
  /** Those of the outputs, then those of the keys. */
  valueAt: (index: number) => string | null
}

/** What one row of values says of a table. */
export function measurementOf({ rows, cut, isPart, outputs, keys, valueAt }: MeasuredRow): Measurement {
  const sampled = isPart || cut
  const given = new Map(outputs.map(({ column, metric }, index) => [`${metric} ${column}`, valueAt(index)]))
  const missingOf = (column: string, metric: ColumnMetric): NoDataReason => {
    if (rows === 0) return 'no_rows'
    if (Number(given.get(`null_share ${column}`)) === 1) return 'all_null'
    return metric === 'stddev' && given.get(`min ${column}`) != null ? 'one_value' : 'not_finite'
  }
  return {
    rows,
    cut,
    columns: outputs.map(({ column, metric, isEstimate = false }, index) => {
      const measured = measureOf(valueAt(index), {
        sampled,
        unscalable: metric === 'distinct_count',
        missing: missingOf(column, metric),
      })
      const method = isEstimate && measured.method === 'exact' ? 'estimate' : measured.method
      return { column, metric, ...measured, method }
    }),
    duplicates: Array.from({ length: keys }, (_, index) =>
      measureOf(valueAt(outputs.length + index), { sampled, unscalable: true, missing: 'no_rows' }),
    ),
  }
}

/** The vocabulary of metrics: what is measured, how, and how a value is judged. */

/** What is measured of a column by itself; which of them a column has follows from its type. */
export const columnMetrics = [
  'null_share',
  'distinct_count',
  'min',
  'max',
  'earliest',
  'latest',
  'mean',
  'stddev',
  'p25',
  'p50',
  'p75',
  'p95',
  'min_length',
  'max_length',
  'mean_length',
] as const
export type ColumnMetric = (typeof columnMetrics)[number]

/** What a person defines. `sql`: a query that returns one number, or one a group. `duplicates`: rows that repeat a key. */
export const definedMetrics = ['sql', 'duplicates'] as const
export type DefinedMetric = (typeof definedMetrics)[number]

export const metricNames = ['row_count', ...columnMetrics, ...definedMetrics] as const
export type MetricName = (typeof metricNames)[number]

/**
 * How a value came about. `exact`: from all rows. `sampled`: from a part of them. `estimate`: scaled up, from the size of the
 * table. `statistics`: an estimate that the source itself keeps
 * about a column.
 */
export const measureMethods = ['exact', 'sampled', 'estimate', 'statistics'] as const
export type MeasureMethod = (typeof measureMethods)[number]

/**
 * Why a point has no value, which is not the same as zero. `not_finite`: values are there, and none of them is a number or a date with an
 * end. `one_value`: a deviation takes two.
 */
export const noDataReasons = ['no_rows', 'all_null', 'not_finite', 'one_value', 'sampled', 'too_large'] as const
export type NoDataReason = (typeof noDataReasons)[number]

/** What counts as an anomaly: both, only more than expected, or only less. */
export const metricDirections = ['both', 'up', 'down'] as const
export type MetricDirection = (typeof metricDirections)[number]

/** On which side of its expected range a value lies. */
export const anomalySides = ['high', 'low'] as const
export type AnomalySide = (typeof anomalySides)[number]

/** The groups that a query may return. */
export const mostMetricGroups = 100
/** The time limit of a query of a person. */
export const metricQueryTimeoutMs = 30_000

/** What a person defined, as far as it decides what is measured. */
export type MetricSpec = { kind: 'sql'; sql: string } | { kind: 'duplicates'; columns: string[] }

/**
 * What the last measuring of a defined metric came to. `revision` is that of the definition as it was measured; `groups` is null of a
 * query that returned one number, else how many it returned.
 */
export type MetricOutcome = { at: string; jobId: string; revision: number } & (
  | { ok: true; value: number | null; groups: number | null }
  | { ok: false; code: string; message: string }
)

/** What a trial run of a definition came to; nothing of it is kept. */
export type MetricTrialResult =
  | { ok: true; values: { group: string | null; value: number | null }[]; durationMs: number }
  | { ok: false; code: string; message: string }

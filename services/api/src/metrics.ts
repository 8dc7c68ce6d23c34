import { anomalySides, measureMethods, metricDirections, metricNames, noDataReasons } from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef } from './jobs.ts'
import { zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'

const zSql = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .describe('One SELECT that returns a number, or a group and a number; tables with their schema. Run read only')
const zKeyColumns = z.array(z.string().min(1).max(63)).min(1).max(32)
const zMetricName = z.string().trim().min(1).max(100)
const zDirection = z.enum(metricDirections).describe('Which deviation is an anomaly: both, only up, only down')
const zMinPercent = z
  .number()
  .min(0)
  .max(1_000)
  .describe('A deviation from what is expected below so many percent is no anomaly')

export const zMetricSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sql'), sql: zSql }),
  z.strictObject({
    kind: z.literal('duplicates'),
    columns: zKeyColumns.describe('Rows beyond the first with the same values in these; a null repeats nothing'),
  }),
])
export type MetricSpecInput = z.input<typeof zMetricSpec>

export const zCreateMetric = z.strictObject({
  assetId: zId.describe('The table, view or external table that it is a metric of'),
  name: zMetricName,
  spec: zMetricSpec,
  direction: zDirection.default('both'),
  minPercent: zMinPercent.default(3),
})
export type CreateMetric = z.input<typeof zCreateMetric>

/** What is not given stays as it is. */
export const zUpdateMetric = z
  .strictObject({ name: zMetricName, spec: zMetricSpec, direction: zDirection, minPercent: zMinPercent })
  .partial()
export type UpdateMetric = z.input<typeof zUpdateMetric>

export const zMetricOutcome = z.object({
  at: zTime,
  jobId: zId,
  revision: z.int().describe('Of the metric, as it was measured'),
  ok: z.boolean(),
  value: z.number().nullable().describe('Null: there was nothing to measure, it failed, or there are groups'),
  groups: z.int().nullable().describe('How many groups a query returned; null of a single number'),
  code: z.string().nullable().describe('Of the warning, where it failed'),
  message: z.string().nullable().describe('Why it could not be measured'),
})

export const zMetric = z.object({
  id: zId,
  assetId: zId,
  asset: zAssetRef,
  name: z.string(),
  spec: z.union([
    z.object({ kind: z.literal('sql'), sql: z.string() }),
    z.object({ kind: z.literal('duplicates'), columns: z.array(z.string()) }),
  ]),
  direction: z.enum(metricDirections),
  minPercent: z.number(),
  revision: z.int().describe('Counts up when what is measured changes'),
  lastOutcome: zMetricOutcome.nullable().describe('Of the last capture that came to it; null before the first'),
  createdBy: z.string(),
  createdAt: zTime,
  updatedAt: zTime,
})
export type Metric = z.infer<typeof zMetric>
export const zSavedMetric = zMetric.extend({
  notTried: z
    .string()
    .nullable()
    .describe('Why it was saved without a dry run; null: it was tried, or measures what it did before'),
})
export type SavedMetric = z.infer<typeof zSavedMetric>
export const zMetricPage = zPage(zMetric)
export const zMetricListQuery = zPageQuery.extend({ assetId: zId.optional() })

export const zTryMetric = z.strictObject({ assetId: zId, spec: zMetricSpec })
export const zMetricTrial = z.object({
  ok: z.boolean(),
  values: z.array(z.object({ group: z.string().nullable(), value: z.number().nullable() })),
  durationMs: z.int().nullable(),
  message: z.string().nullable().describe('Why it could not be measured'),
})
export type MetricTrial = z.infer<typeof zMetricTrial>

export const zMetricPoint = z.object({
  at: zTime,
  value: z.number().nullable().describe('Null: there was nothing to measure, which is not zero'),
  noData: z.enum(noDataReasons).nullable(),
  method: z.enum(measureMethods),
  expected: z.number().nullable().describe('Null while there is too little history'),
  low: z.number().nullable(),
  high: z.number().nullable(),
  anomaly: z.enum(anomalySides).nullable(),
  knownBad: z.boolean().describe('A person said that it is wrong: no later point is judged by it'),
  knownBadBy: z.string().nullable(),
  jobId: zId,
})
export type MetricPoint = z.infer<typeof zMetricPoint>

export const zMetricSeries = z.object({
  id: zId,
  asset: zAssetRef,
  metric: z.enum(metricNames),
  column: z.string().nullable(),
  group: z.string().nullable(),
  definition: z.object({ id: zId, name: z.string() }).nullable(),
  points: z.array(zMetricPoint).describe('Oldest first; the newest 2,000 of the time asked for'),
})
export type MetricSeries = z.infer<typeof zMetricSeries>
export const zMetricSeriesPage = zPage(zMetricSeries)

export const zMetricSeriesQuery = zPageQuery.extend({
  metric: z.string().min(1).max(200).optional().describe('A name, as row_count, or the id of a definition'),
  column: z.string().min(1).max(200).optional(),
  of: z.enum(['table', 'column']).optional().describe('Only those of whole tables, or of columns'),
  sort: z
    .enum(['name', 'attention'])
    .default('name')
    .describe('Attention: what is unusual first, then what holds values, then the rest; columns stay together'),
  anomalous: z.enum(['true', 'false']).default('false').describe('Only those whose newest point is an anomaly'),
  from: zTimeInput.optional().describe('Thirty days ago by default'),
  to: zTimeInput.optional(),
})

export const zMarkPoints = z.strictObject({
  seriesId: zId,
  at: z.array(zTimeInput).min(1).max(200),
  knownBad: z.boolean(),
})
export type MarkPoints = z.input<typeof zMarkPoints>
export const zMarkedPoints = z.object({ points: z.int() })

import { z } from 'zod'
import { zAssetRef, zJobStatus, zJobType, zUsual } from './jobs.ts'
import { repeatable, zId, zTime, zTimeInput } from './primitives.ts'
import { zTimezone } from './time-zone.ts'

export const trendBuckets = ['hour', 'day', 'week', 'month'] as const
export const zTrendBucket = z.enum(trendBuckets)
export type TrendBucket = z.infer<typeof zTrendBucket>

export const zJobTrendsQuery = z.strictObject({
  type: repeatable(zJobType),
  assetId: zId.optional().describe('The asset and all below it'),
  connectionId: zId.optional(),
  from: zTimeInput.optional().describe('Of creation; 30 days before `to` where it is not given'),
  to: zTimeInput.optional().describe('Now, where it is not given'),
  bucket: zTrendBucket.optional().describe('Chosen by the length of the time where it is not given; at most 400 fit'),
  timezone: zTimezone.default('UTC').describe('Where days, weeks and months begin'),
})
export type JobTrendsQuery = z.input<typeof zJobTrendsQuery>

const zMs = z.number().describe('Milliseconds')
const zDurations = z.object({ p50: zMs, p95: zMs, max: zMs })
export type Durations = z.infer<typeof zDurations>

const zTrend = z.object({
  counts: z.record(zJobStatus, z.int()),
  successRate: z.number().nullable().describe('Completed among those that completed or failed, 0 to 1; null for none'),
  p50: zMs.nullable().describe('Of the durations of the completed jobs; null for none'),
  p95: zMs.nullable(),
  max: zMs.nullable(),
  queued: zDurations.nullable().describe('From created to started'),
  queuedShare: z.number().nullable().describe('The part of their time that ended jobs waited to begin, 0 to 1'),
})
export type Trend = z.infer<typeof zTrend>

const zRegression = z.object({
  jobId: zId,
  type: zJobType,
  asset: zAssetRef,
  at: zTime,
  durationMs: z.number(),
  usual: zUsual.describe('What was usual before it'),
  changed: z.object({
    beforeJobId: zId.describe('The good run before it'),
    counts: z.array(z.object({ name: z.string(), before: z.number().nullable(), after: z.number().nullable() })),
    configChanged: z.boolean(),
    schemaChanges: z.object({ all: z.int(), breaking: z.int() }).describe('In its database, between the two runs'),
  }),
})
export type DurationRegression = z.infer<typeof zRegression>

export const zJobTrends = z.object({
  from: zTime,
  to: zTime,
  bucket: zTrendBucket,
  timezone: z.string(),
  buckets: z.array(zTrend.extend({ start: zTime })),
  total: zTrend,
  slowest: z
    .array(zDurations.extend({ type: zJobType, asset: zAssetRef, runs: z.int() }))
    .describe('The ten types of job on an asset with the highest 95th percentile'),
  steps: z
    .array(zDurations.extend({ name: z.string(), label: z.string(), runs: z.int(), share: z.number() }))
    .describe('Of the newest 1,000 completed jobs, where one type is asked for'),
  baseline: zUsual
    .nullable()
    .describe('What is usual now, of one type on one asset; null for several, or fewer than ten good runs'),
  regressions: z.array(zRegression).describe('The first run of each run of slow ones, newest first; at most 100'),
})
export type JobTrends = z.infer<typeof zJobTrends>

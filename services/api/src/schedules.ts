import { jobStatuses, overlapPolicies, skipReasons, targetKinds } from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef, zJobType } from './jobs.ts'
import { zDuration, zId, zPage, zPageQuery, zTime, zWholeNumber } from './primitives.ts'

const zTiming = z.object({
  cron: z.string().trim().min(1).max(200).nullish().describe('Five fields, or @hourly, @daily, @weekly, @monthly'),
  interval: zDuration.nullish().describe('Every so long; at least a minute'),
})
const zTimezone = z.string().min(1).max(64).describe('IANA name, as Europe/Berlin; a cron expression is read in it')
const zTarget = z.strictObject({
  each: z.enum(targetKinds).describe('One job for every asset of this kind below `assetId`'),
  matching: z.string().min(1).max(200).optional().describe('Only qualified names like this; * stands for any text'),
})

const zScheduleFields = z.strictObject({
  name: z.string().trim().min(1).max(100),
  type: zJobType,
  assetId: zId,
  target: zTarget.nullish().describe('Without it: one job on `assetId` itself'),
  config: z.record(z.string(), z.unknown()).optional(),
  ...zTiming.shape,
  timezone: zTimezone,
  overlap: z.enum(overlapPolicies).describe('What happens at a tick while the job of the one before is active'),
  jitter: zDuration.nullish().describe('Each tick is put off by a random part of this'),
  paused: z.boolean(),
})
export const zCreateSchedule = zScheduleFields.extend({
  timezone: zTimezone.default('UTC'),
  overlap: zScheduleFields.shape.overlap.default('skip'),
  paused: z.boolean().default(false),
})
export type CreateSchedule = z.input<typeof zCreateSchedule>
/** What is not given stays as it is; null takes it away. */
export const zUpdateSchedule = zScheduleFields.omit({ type: true, assetId: true, paused: true }).partial()
export type UpdateSchedule = z.input<typeof zUpdateSchedule>

export const zSchedule = z.object({
  id: zId,
  name: z.string(),
  type: zJobType,
  assetId: zId,
  asset: zAssetRef,
  target: zTarget.nullable(),
  config: z.record(z.string(), z.unknown()),
  cron: z.string().nullable(),
  interval: z.string().nullable(),
  timezone: z.string(),
  overlap: z.enum(overlapPolicies),
  jitter: z.string().nullable(),
  description: z.string().describe('When it runs, in words'),
  paused: z.boolean(),
  pausedBy: z.string().nullable(),
  pauseReason: z.string().nullable(),
  nextRuns: z.array(zTime).describe('The next ticks, soonest first; none while paused'),
  lastRuns: z
    .array(
      z.object({
        at: zTime,
        trigger: z.enum(['tick', 'manual']),
        jobs: z.array(z.object({ id: zId, status: z.enum(jobStatuses) })).describe('At most ten of them'),
        jobCount: z.int(),
        message: z.string().nullable().describe('What it left out, and why'),
      }),
    )
    .describe('Newest first'),
  skipped: z
    .array(z.object({ at: zTime, reason: z.enum(skipReasons), message: z.string(), jobId: zId.nullable() }))
    .describe('Ticks that started nothing, newest first'),
  synced: z.boolean().describe('False while its newest form has not reached Temporal yet'),
  createdBy: z.string(),
  createdAt: zTime,
  updatedAt: zTime,
})
export type Schedule = z.infer<typeof zSchedule>
export const zSchedulePage = zPage(zSchedule)
export const zScheduleListQuery = zPageQuery.extend({ assetId: zId.optional(), connectionId: zId.optional() })

export const zSchedulePreviewQuery = z.strictObject({
  cron: z.string().max(200).optional(),
  interval: z.string().max(20).optional(),
  timezone: zTimezone.default('UTC'),
  count: zWholeNumber(1, 20).default(5),
})
export const zSchedulePreview = z.object({ description: z.string(), nextRuns: z.array(zTime) })
export type SchedulePreview = z.infer<typeof zSchedulePreview>
export const zPauseSchedule = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() })

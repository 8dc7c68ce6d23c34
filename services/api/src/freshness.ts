import {
  defaultExpectation,
  durationMs,
  freshnessMethods,
  freshnessReasonTexts,
  freshnessStates,
  sensitivities,
  type FreshnessReason,
} from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef } from './jobs.ts'
import { zTimezone } from './time-zone.ts'
import { repeatable, zDuration, zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'

const reasons = Object.keys(freshnessReasonTexts).filter(isReason)
function isReason(name: string): name is FreshnessReason {
  return Object.hasOwn(freshnessReasonTexts, name)
}

export const zLastUpdate = z.object({
  at: zTime.describe('When; where only a span is known, its end'),
  after: zTime.nullable().describe('The beginning of that span; null when the time itself is known'),
  method: z.enum(freshnessMethods),
  confidence: z.number().min(0).max(1),
  evidence: z.array(z.string()),
  column: z.string().nullable().describe('The column that was read'),
  partition: z.string().nullable().describe('The partition that it was found in'),
})

const zExpected = z.object({
  source: z.enum(['manual', 'learned']),
  intervalMs: z.number().describe('The usual time between two updates, as of the last one'),
  expectedBy: zTime.describe('Later than this it is late'),
  staleAt: zTime.describe('Later than this it is stale'),
})

/** A relation as its last check left it. */
export const zTableFreshness = z.object({
  asset: zAssetRef,
  state: z.enum(freshnessStates),
  since: zTime.nullable().describe('When a check found it in this state first'),
  reason: z.enum(reasons).nullable().describe('Why no update is known, or why reading it failed'),
  detail: z.string().describe('The state and the reason, in words'),
  lastUpdate: zLastUpdate.nullable(),
  ageMs: z.number().nullable().describe('Of the last update, as of now'),
  expected: zExpected.nullable(),
  learning: z
    .object({ intervals: z.int(), intervalsNeeded: z.int(), spanMs: z.number(), spanMsNeeded: z.number() })
    .nullable()
    .describe('While it is learned how often updates come: how much was seen, and how much is needed'),
  partitions: z.int().describe('Of a partitioned table: how many were looked at'),
  checkedAt: zTime.nullable(),
  jobId: zId.nullable(),
})
export type TableFreshness = z.infer<typeof zTableFreshness>
export const zTableFreshnessPage = zPage(zTableFreshness)
export const zFreshnessListQuery = zPageQuery.extend({ state: repeatable(z.enum(freshnessStates)) })

const zClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as 06:30')
/** What comes less than once a year is not watched by its freshness. */
const zBoundedDuration = zDuration.refine((text) => (durationMs(text) ?? 0) <= 400 * 86_400_000, 'must be at most 400d')
const zInterval = zBoundedDuration.refine((text) => (durationMs(text) ?? 0) >= 60_000, 'must be at least a minute')

const zCalendar = z.strictObject({
  timezone: zTimezone.default('UTC'),
  windows: z
    .array(
      z.strictObject({
        days: z.array(z.int().min(0).max(6)).min(1).max(7).describe('0 is Sunday; the day it begins on'),
        from: zClock,
        to: zClock.describe('The same as `from`, or earlier: of the next day'),
      }),
    )
    .max(50)
    .default([])
    .describe('Parts of the week in which no update is expected'),
  dates: z.array(z.iso.date('must be a day, as 2026-12-25')).max(400).default([]).describe('Days without updates'),
})

/** What a person expects; without an interval it is learned, and the rest still holds. */
export const zExpectation = z.strictObject({
  interval: zInterval.nullable().default(null).describe('An update at least this often, as 1h; null: learned'),
  tolerance: zBoundedDuration
    .nullable()
    .default(null)
    .describe('What it may be over before it is stale; null: a quarter'),
  calendar: zCalendar.default(defaultExpectation.calendar),
  column: z.string().min(1).max(63).nullable().default(null).describe('The column to read; null: chosen by its name'),
  sensitivity: z.enum(sensitivities).default('medium').describe('Of what is learned: how unusual an alarm is'),
})
export type Expectation = z.output<typeof zExpectation>
export type ExpectationInput = z.input<typeof zExpectation>

/** Of a relation; of a database or schema the worst state below it, and how many there are of each. */
export const zFreshness = zTableFreshness.extend({
  expectation: zExpectation
    .extend({
      calendar: zCalendar.extend({
        timezone: z.string().describe('An offset only where it was said before those were refused'),
      }),
      assetId: zId.describe('Of which asset it was said'),
      decidedBy: z.string(),
      decidedAt: zTime,
    })
    .nullable()
    .describe('What a person expects of it, or of the schema or database it lies in'),
  below: z.record(z.enum(freshnessStates), z.int()).nullable().describe('Of a database or schema: relations by state'),
})
export type Freshness = z.infer<typeof zFreshness>

export const zFreshnessHistoryQuery = z.strictObject({
  from: zTimeInput.optional().describe('90 days ago by default'),
  to: zTimeInput.optional(),
})
export const zFreshnessHistory = z.object({
  from: zTime,
  to: zTime,
  updates: z.array(zLastUpdate.pick({ at: true, after: true, method: true, confidence: true })),
  states: z.array(z.object({ at: zTime, state: z.enum(freshnessStates) })).describe('Each until the next'),
  truncated: z.boolean().describe('Older updates were left out'),
})
export type FreshnessHistory = z.infer<typeof zFreshnessHistory>

/** What is not given is as it is expected now. */
export const zBackTestQuery = z.strictObject({
  sensitivity: z.enum(sensitivities).optional(),
  interval: zInterval.optional().describe('Instead of what is learned'),
  tolerance: zBoundedDuration.optional(),
  learned: z.enum(['true', 'false']).default('false').describe('As if no interval was given'),
})
export const zBackTest = z.object({
  from: zTime.nullable().describe('Of the first update; null without any'),
  to: zTime,
  judged: z.int().describe('Intervals between updates that would have been judged'),
  learning: z.int().describe('Intervals before there was enough to judge'),
  truncated: z.boolean(),
  alarms: z.array(
    z.object({
      lastUpdate: zTime,
      expectedBy: zTime,
      from: zTime.describe('When it would have been raised'),
      until: zTime.nullable().describe('The update that ended it; null: it would be on now'),
    }),
  ),
})
export type BackTestAnswer = z.infer<typeof zBackTest>

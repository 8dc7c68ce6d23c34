import {
  assetKinds,
  errorCodes,
  isErrorCode,
  jobActions,
  jobFlags,
  jobStatuses,
  jobTabs,
  jobTypes,
  pendingReasons,
  retryModes,
  stepStatuses,
  taskQueues,
  triggerKinds,
  type JobTab,
  type JobType,
  type PendingReason,
} from '@plumbline/workflows'
import { z } from 'zod'
import { repeatable, zFlag, zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'

export const zJobType = z.enum(jobTypes) satisfies z.ZodType<JobType>
export const zJobStatus = z.enum(jobStatuses)
const zTrigger = z.enum(triggerKinds)
const tabNames = Object.keys(jobTabs).filter((name): name is JobTab => Object.hasOwn(jobTabs, name))
const pendingCodes = Object.keys(pendingReasons).filter((code): code is PendingReason =>
  Object.hasOwn(pendingReasons, code),
)
export const zErrorCode = z.enum(Object.keys(errorCodes).filter(isErrorCode))

export const zAssetRef = z.object({
  id: zId,
  kind: z.enum(assetKinds),
  name: z.string(),
  qualifiedName: z.string().describe('Dotted, from the database down'),
  connectionId: zId,
  database: z.string(),
})
export type AssetRef = z.infer<typeof zAssetRef>

const zActionDecision = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), reason: z.string() }),
])

const zJobErrorSummary = z.object({ code: zErrorCode, message: z.string(), retryable: z.boolean(), hint: z.string() })

export const zJob = z.object({
  id: zId,
  type: zJobType,
  status: zJobStatus,
  flags: z.array(z.enum(jobFlags)),
  asset: zAssetRef,
  progress: z.object({
    percent: z.number().min(0).max(100).describe('Never goes back; 100 exactly when the job completed'),
    step: z.string().nullable(),
    done: z.number().nullable(),
    total: z.number().nullable(),
    unit: z.string().nullable(),
  }),
  message: z.string(),
  createdAt: zTime,
  startedAt: zTime.nullable(),
  endedAt: zTime.nullable(),
  durationMs: z.number().nullable().describe('Of an ended job that ran: from started to ended'),
  queuedMs: z.number().nullable().describe('From created to started'),
  trigger: z.object({ kind: zTrigger, actor: z.string(), scheduleId: zId.optional() }),
  parentJobId: zId.nullable(),
  rootJobId: zId,
  retryOf: zId.nullable(),
  attempt: z.int().min(1),
  resolvedByJobId: zId.nullable().describe('The later attempt of the chain that completed'),
  pendingReason: z
    .object({
      code: z.enum(pendingCodes),
      position: z.int().min(1).optional(),
      queue: z.enum(taskQueues).optional().describe('Of `no-worker`: the queue that none polls'),
    })
    .nullable(),
  counts: z.record(z.string(), z.number()),
  warnings: z.int().min(0),
  error: zJobErrorSummary.nullable(),
  actions: z.record(z.enum(jobActions), zActionDecision),
  links: z.object({
    asset: z.string(),
    result: z.string(),
    temporal: z.string().nullable().describe('Null for a job that was imported: its run was in another Temporal'),
  }),
})
export type Job = z.infer<typeof zJob>

const zStep = z.object({
  name: z.string(),
  label: z.string(),
  status: z.enum(stepStatuses),
  startedAt: zTime.nullable(),
  endedAt: zTime.nullable(),
  durationMs: z
    .number()
    .nullable()
    .describe('0 for a step that never began on an ended job; null while pending or running'),
  done: z.number().nullable(),
  total: z.number().nullable(),
  unit: z.string().nullable(),
  attempts: z.int().min(0),
  message: z.string().nullable(),
  lastError: z.string().nullable(),
  nextAttemptAt: zTime.nullable().describe('When it is tried again by itself; null unless its last try failed'),
  takenOverFrom: zId.nullable().describe('The earlier attempt of the job that did this step; it was not run again'),
})
export type JobStep = z.infer<typeof zStep>

const zMs = z.number().describe('Milliseconds')
/** How long a type of job on an asset usually takes. */
export const zUsual = z.object({
  runs: z.int().describe('Good runs that it was taken from, at most the last 30'),
  p50: zMs,
  p95: zMs,
  limit: zMs.describe('What takes longer is a regression: max(3 × p50, 1.5 × p95), and five seconds more than p50'),
})
export type UsualDuration = z.infer<typeof zUsual>

export const zJobDetail = zJob.extend({
  error: zJobErrorSummary.extend({ stack: z.string().nullable(), causes: z.array(z.string()) }).nullable(),
  config: z.record(z.string(), z.unknown()),
  steps: z.array(zStep),
  warningsList: z.array(z.object({ code: z.string(), object: z.string().nullable(), message: z.string() })),
  timing: z.object({ queuedMs: z.number(), steps: z.array(z.object({ name: z.string(), durationMs: z.number() })) }),
  usual: zUsual.nullable().describe('How long the good runs before it took; null while there were fewer than ten'),
  cancellation: z.object({ by: z.string(), reason: z.string().nullable(), requestedAt: zTime }).nullable(),
  children: z.array(zJob),
  chain: z.array(zJob).describe('Every attempt, first to newest'),
  workflow: z.object({
    id: z.string(),
    runId: z.string().nullable(),
    taskQueue: z.string(),
    url: z.string().nullable(),
  }),
})
export type JobDetail = z.infer<typeof zJobDetail>

/** The filters of the list, the counts and the event stream; they combine with "and". */
export const zJobFilter = z.strictObject({
  tab: z.enum(tabNames).optional(),
  status: repeatable(zJobStatus),
  type: repeatable(zJobType),
  assetId: zId.optional().describe('The asset and all below it'),
  connectionId: zId.optional(),
  trigger: zTrigger.optional(),
  actor: z.string().max(200).optional(),
  scheduleId: zId.optional().describe('The jobs that this schedule started; their retries are none of its own'),
  createdAfter: zTimeInput.optional(),
  createdBefore: zTimeInput.optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Part of asset name, message or error text; or an id, its beginning, or its last eight characters'),
  unresolved: zFlag.optional().describe('Failed and not fixed by a later retry'),
  rootJobId: zId.optional(),
  parentJobId: zId.optional(),
})
export type JobFilter = z.output<typeof zJobFilter>

export const zJobListQuery = zJobFilter.extend(zPageQuery.shape).extend({
  sort: z.enum(['createdAt', 'durationMs']).default('createdAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
})

export const zJobPage = zPage(zJob)
const countNames = ['all', 'active', 'completed', 'failed', 'unresolved'] as const
export const zJobCounts = z.object({
  all: z.int(),
  active: z.int(),
  completed: z.int(),
  failed: z.int(),
  unresolved: z.int(),
  capped: z
    .array(z.enum(countNames))
    .describe('Which of the counts are the least there are: counting ended there, since it would have taken too long'),
})
export type JobCounts = z.infer<typeof zJobCounts>

export const zStartJob = z.strictObject({
  type: zJobType,
  assetId: zId,
  config: z.record(z.string(), z.unknown()).optional().describe('Of the job type; {} means its defaults'),
})
export type StartJob = z.input<typeof zStartJob>

const zReason = z.string().trim().min(1).max(1000)
export const zCancelJob = z.strictObject({
  reason: zReason.optional(),
  children: z.boolean().default(false).describe('Also the active jobs that it started'),
})
export type CancelJob = z.input<typeof zCancelJob>

export const zTerminateJob = z.strictObject({ reason: zReason })
export type TerminateJob = z.input<typeof zTerminateJob>

export const zRetryJob = z.strictObject({
  mode: z.enum(retryModes).default('from_start').describe('`from_failure` does not run again what had finished'),
  config: z.record(z.string(), z.unknown()).optional().describe('Replaces the configuration of the attempt before'),
})
export type RetryJob = z.input<typeof zRetryJob>

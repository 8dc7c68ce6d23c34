import { bulkActions, operationStatuses, retryModes } from '@plumbline/workflows'
import { z } from 'zod'
import { zJob, zJobFilter } from './jobs.ts'
import { zId, zPage, zPageQuery, zTime } from './primitives.ts'

/** The list's filters as an object: flags are booleans, and what may repeat is one value or a list. */
export const zBulkFilter = zJobFilter.extend({ unresolved: z.boolean().optional() })
const zBulkIds = z.array(zId).min(1).max(10_000)

/** Exactly one of `filter` and `ids`. */
export const zBulk = z.strictObject({
  action: z.enum(bulkActions),
  filter: zBulkFilter.optional(),
  ids: zBulkIds.optional(),
  mode: z
    .enum(retryModes)
    .optional()
    .describe('Of a retry: `from_failure` refuses the jobs that can only begin again; `from_start` unless it is given'),
  dryRun: z.boolean().default(false),
  reason: z.string().trim().min(1).max(1000).optional().describe('Of a cancel; kept in the audit'),
})
export type Bulk = z.input<typeof zBulk>

export const zBulkPreview = z.object({
  count: z.int().describe('How many jobs it would act on'),
  capped: z.boolean().describe('True when there are more than `count`'),
  sample: z.array(zJob),
})
export type BulkPreview = z.infer<typeof zBulkPreview>

/** A bulk cancel or retry under way or ended. */
export const zOperation = z.object({
  id: zId,
  action: z.enum(bulkActions),
  status: z.enum(operationStatuses),
  progress: z.object({ percent: z.number(), done: z.int(), total: z.int() }),
  succeeded: z.int(),
  skipped: z.int().describe('Jobs that were counted, but had left the filter before their turn came'),
  refused: z.int().describe('Jobs that the action was not allowed for any more'),
  refusals: z.array(z.object({ jobId: zId, reason: z.string() })).describe('The first hundred'),
  mode: z.enum(retryModes).nullable().describe('Of a retry'),
  reason: z.string().nullable(),
  actor: z.string(),
  cancelling: z.boolean(),
  createdAt: zTime,
  endedAt: zTime.nullable(),
  error: z.string().nullable(),
})
export type Operation = z.infer<typeof zOperation>
export const zOperationPage = zPage(zOperation)
export const zOperationListQuery = zPageQuery.extend({ status: z.enum(operationStatuses).optional() })

export const zCancelOperation = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() })

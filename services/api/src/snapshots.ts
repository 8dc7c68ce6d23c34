import { changeKinds, partitionViews } from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef } from './jobs.ts'
import { zFlag, zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'

/** What a change is, whoever found it. */
const zChange = z.object({
  kind: z.enum(changeKinds),
  asset: zAssetRef,
  column: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  breaking: z.boolean(),
  reason: z.string().nullable().describe('Why it breaks or not; null where it was found before reasons were kept'),
})

export const zSchemaChange = zChange.extend({
  id: zId,
  detectedAt: zTime,
  jobId: zId,
  downstream: z
    .object({
      total: z.int(),
      assets: z.array(
        zAssetRef.extend({ columns: z.array(z.string()).describe('Those that values of the changed column came to') }),
      ),
    })
    .nullable()
    .describe('Of a breaking change: what lineage said lay downstream when it was found, at most fifty of them'),
})
export type SchemaChangeView = z.infer<typeof zSchemaChange>
export const zSchemaChangePage = zPage(zSchemaChange)
export const zSchemaChangeQuery = zPageQuery.extend({
  jobId: zId.optional(),
  since: zTimeInput.optional(),
  breaking: zFlag.default(false).describe('Only those that break'),
})

export const zSnapshot = z.object({
  jobId: zId,
  takenAt: zTime,
  schemas: z
    .array(
      z.object({
        name: z.string(),
        complete: z.boolean(),
        unread: z.array(z.string()).describe('Relations that were locked: they stayed as they were found last'),
      }),
    )
    .describe('The schemas that were read; in one that is not complete nothing counts as removed'),
  scope: z
    .object({
      schemas: z.array(z.string()).nullable(),
      include: z.array(z.string()).nullable(),
      exclude: z.array(z.string()),
      partitions: z.enum(partitionViews),
    })
    .describe('What the discovery was told to look at'),
  tables: z.int(),
  views: z.int(),
  columns: z.int(),
  changes: z.int(),
  breaking: z.int(),
  baseline: z
    .object({ at: zTime, by: z.string() })
    .nullable()
    .describe('Accepted as what later ones are compared with'),
})
export type Snapshot = z.infer<typeof zSnapshot>
export const zSnapshotPage = zPage(zSnapshot)
export const zSnapshotQuery = zPageQuery

export const zAcceptBaseline = z.strictObject({
  jobId: zId.optional().describe('The discovery whose snapshot is accepted; the newest when left out'),
})

export const zComparisonQuery = z.strictObject({
  from: zId.optional().describe('The job of a snapshot; the baseline, or else the oldest, when left out'),
  to: zId.optional().describe('The job of a snapshot; the newest when left out'),
})
export const zComparison = z.object({
  from: zSnapshot,
  to: zSnapshot,
  changes: z.array(zChange),
  breaking: z.int(),
  sameScope: z.boolean().describe('False: they looked at different parts of the database'),
  outOfScope: z
    .int()
    .describe(
      'Relations left out of the changes: found in one of the two, while nobody had looked for them by the other',
    ),
  truncated: z.boolean().describe('More than 1,000 assets differ: the rest is left out'),
})
export type Comparison = z.infer<typeof zComparison>

import { deepestLineage, lineageCertainties, lineageEvidenceKinds, relationKinds } from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef } from './jobs.ts'
import { repeatable, zId, zPage, zPageQuery, zTime, zWholeNumber } from './primitives.ts'

/** Of a graph that is asked for without a limit; the page draws so many without effort. */
export const lineageNodes = 1_000
export const mostLineageNodes = 5_000

const zDepth = zWholeNumber(1, deepestLineage)
const zColumnName = z.string().min(1).max(300)

const zLineageScope = z.strictObject({
  direction: z.enum(['upstream', 'downstream', 'both']).default('both'),
  depth: zDepth.optional().describe(`How many edges away at most; 3 when left out, of one column ${deepestLineage}`),
  column: zColumnName
    .optional()
    .describe('Only where the values of this column of the relation come from and go to, and where it decides rows'),
  relations: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Also declared foreign keys, which carry no data by themselves'),
})

export const zLineageQuery = zLineageScope.extend({
  columns: z.enum(['true', 'false']).default('false').describe('Also the columns of nodes and edges'),
  sql: z.enum(['true', 'false']).default('true').describe('With false the text that proves an edge is left out'),
  limit: zWholeNumber(1, mostLineageNodes).default(lineageNodes).describe('Nodes at most; the nearest come first'),
})

export const lineageFormats = ['openlineage', 'mermaid', 'csv'] as const
export type LineageFormat = (typeof lineageFormats)[number]
export const zLineageExportQuery = zLineageScope.extend({ format: z.enum(lineageFormats) })

const zTruncation = {
  truncated: z.boolean().describe('There is more than this; `truncatedBy` says which limit was met'),
  truncatedBy: z
    .enum(['nodes', 'columns', 'edges', 'time'])
    .nullable()
    .describe('`nodes`: the limit; `columns`, `edges`: of one answer; `time`: five seconds of searching'),
}

export const zLineageEdge = z.object({
  from: zId,
  to: zId,
  evidence: z.enum(lineageEvidenceKinds),
  source: z.string().nullable().describe('The function, dbt model or OpenLineage job that it was read from'),
  sql: z.string().nullable().describe('The view definition, the key or the statement that the edge was read from'),
  columns: z
    .array(z.object({ from: z.string(), to: z.string(), certainty: z.enum(lineageCertainties).optional() }))
    .describe('With columns=true: value flow, column to column'),
  indirect: z
    .array(z.string())
    .describe(
      'With columns=true: columns of `from` that decide which rows come (filter, join, group), and give no value',
    ),
  certainty: z.enum(lineageCertainties),
  confidence: z.number().min(0).max(1),
  firstSeenAt: zTime,
  lastSeenAt: zTime,
  seenCount: z.int().describe('Calls of the statement; of other evidence the jobs, or runs, that saw it'),
  faded: z.boolean().describe('Not seen again for so long that it may be gone'),
})
const zNeighbours = z.object({ upstream: z.int(), downstream: z.int() })
export const zLineage = z.object({
  nodes: z.array(
    zAssetRef.extend({
      kind: z.enum(relationKinds),
      schema: z.string().nullable(),
      removedAt: zTime.nullable(),
      columns: z.array(z.string()).describe('With columns=true all of it, in order; with column those on the way'),
      distance: z.int().describe('Edges from the asset asked for; upstream ones are negative'),
      hidden: zNeighbours.describe('How many direct neighbours are not in this answer'),
    }),
  ),
  edges: z.array(zLineageEdge),
  ...zTruncation,
})
export type Lineage = z.infer<typeof zLineage>

export const zImpactQuery = zPageQuery.extend({
  column: zColumnName.optional().describe('Only what depends on this column of the relation'),
  depth: zDepth.default(deepestLineage),
  kind: repeatable(z.enum(relationKinds)),
})
export const zImpactItem = z.object({
  asset: zAssetRef.extend({ kind: z.enum(relationKinds) }),
  distance: z.int().min(1),
  use: z
    .enum(['direct', 'indirect', 'unknown'])
    .describe('Values come to it; only its rows depend on it; or it is known without columns'),
  columns: z.array(z.string()).describe('Those that its values come to'),
})
export type ImpactItem = z.infer<typeof zImpactItem>
export const zImpact = zPage(zImpactItem).extend({
  total: z.int().describe('Under the same filter, on all pages'),
  byKind: z.partialRecord(z.enum(relationKinds), z.int()).describe('Whatever kind is filtered by'),
  ...zTruncation,
})
export type Impact = z.infer<typeof zImpact>

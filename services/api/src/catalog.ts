import { assetKinds, columnTypes, keyKinds } from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef, zJob } from './jobs.ts'
import { zId, zPage, zPageQuery, zTime } from './primitives.ts'

export const zAsset = z.object({
  id: zId,
  kind: z.enum(assetKinds),
  name: z.string(),
  qualifiedName: z.string(),
  parentId: zId.nullable(),
  connectionId: zId,
  removedAt: zTime.nullable(),
  unreadableSince: zTime
    .nullable()
    .describe('The role of the connection may not read its rows; its structure is known'),
})
export type Asset = z.infer<typeof zAsset>
export const zAssetPage = zPage(zAsset)

export const zAssetListQuery = zPageQuery.extend({
  connectionId: zId.optional(),
  parentId: zId.optional(),
  kind: z.enum(assetKinds).optional(),
  q: z.string().trim().min(1).max(200).optional().describe('Part of the qualified name, or of the name as it is'),
  tag: z.string().min(1).max(100).optional().describe('Relations with a column that carries this tag'),
  removed: z.enum(['true', 'false']).default('false').describe('Also what was removed'),
})

export const tagCategories = ['pii', 'sensitivity', 'domain'] as const
export const zTag = z.object({
  tag: z.string(),
  category: z.enum(tagCategories),
  confidence: z.number().min(0).max(1),
  evidence: z.array(z.string()).describe('Why, for a person to check; never a raw value'),
  source: z.enum(['auto', 'manual']),
  inherited: z.boolean().describe('Nothing speaks for it but the column that its values come from'),
})
export type Tag = z.infer<typeof zTag>

const zColumn = z.object({
  name: z.string(),
  position: z.int(),
  type: z.enum(columnTypes),
  nativeType: z.string(),
  nullable: z.boolean(),
  default: z.string().nullable(),
  identity: z.enum(['always', 'by_default']).nullable(),
  generated: z.string().nullable(),
  comment: z.string().nullable(),
  tags: z.array(zTag),
})
export type Column = z.infer<typeof zColumn>

const zKey = z.object({
  kind: z.enum(keyKinds),
  name: z.string(),
  columns: z.array(z.string()),
  definition: z.string(),
  references: z.object({ assetId: zId, columns: z.array(z.string()) }).optional(),
})
export type Key = z.infer<typeof zKey>

const zIndex = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  unique: z.boolean(),
  primary: z.boolean(),
  method: z.string(),
  definition: z.string(),
})

export const zTrustReason = z.object({
  about: z.enum(['freshness', 'metrics', 'schema-changes', 'jobs']).describe('The tab of the asset that tells more'),
  weight: z.enum(['problem', 'doubt', 'good', 'unknown']),
  text: z.string(),
  only: z.enum(['anomalies']).optional().describe('What of the tab the reason is about; all of it when left out'),
})
export type TrustReason = z.infer<typeof zTrustReason>
/** Whether an asset can be relied on now. */
export const zAssetTrust = z.object({
  verdict: z.enum(['trusted', 'doubtful', 'broken', 'unknown']),
  reasons: z.array(zTrustReason),
})
export type AssetTrust = z.infer<typeof zAssetTrust>

export const zAssetDetail = zAsset.extend({
  database: z.string(),
  path: z.array(zAsset).describe('From the database down to the parent'),
  comment: z.string().nullable(),
  columns: z.array(zColumn),
  keys: z.array(zKey),
  indexes: z.array(zIndex),
  definition: z.string().nullable(),
  partition: z.string().nullable(),
  documentation: z.string().nullable(),
  childCounts: z.partialRecord(z.enum(assetKinds), z.int()),
  lastJobs: z.array(zJob).describe('The newest job of each type on this asset or above it'),
  jobTypes: z.array(z.string()).describe('The job types that can be started here'),
  trust: zAssetTrust.nullable().describe('Null of what was removed'),
})
export type AssetDetail = z.infer<typeof zAssetDetail>

export const zColumnTags = z.object({ asset: zAssetRef, column: z.string(), tags: z.array(zTag) })
export type ColumnTags = z.infer<typeof zColumnTags>
export const zColumnTagsPage = zPage(zColumnTags)
/** Replaces what the machine said about a column; a later run leaves it alone. */
export const zSetColumnTags = z.strictObject({
  tags: z.array(z.strictObject({ tag: z.string().trim().min(1).max(100), category: z.enum(tagCategories) })).max(50),
})

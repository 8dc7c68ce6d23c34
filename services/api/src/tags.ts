import { z } from 'zod'
import { tagCategories } from './catalog.ts'
import { zAssetRef } from './jobs.ts'
import { zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'

const zTagName = z.string().trim().min(1).max(100)

/** Which tagged columns are shown; of those, all tags are. */
export const zTagFilter = z.object({
  tag: zTagName.optional().describe('Columns that carry this tag'),
  category: z.enum(tagCategories).optional(),
  review: z
    .enum(['open', 'decided'])
    .optional()
    .describe('Open: with a tag that a run gave and nobody judged. Decided: with one that a person gave or accepted'),
  maxConfidence: z.coerce.number().min(0).max(1).optional().describe('With a tag that is at most so sure'),
})
export const zTagListQuery = zPageQuery.extend(zTagFilter.shape)

export const zTagSummary = z.object({
  columns: z.int().describe('Tagged columns'),
  open: z.int().describe('Of them, with personal data that nobody judged'),
  kinds: z.array(
    z.object({
      tag: z.string(),
      category: z.enum(tagCategories),
      columns: z.int(),
      sure: z.int().describe('Confidence from 0.9 on, or a person’s'),
      likely: z.int().describe('From 0.7 on'),
      doubtful: z.int(),
    }),
  ),
  lastJobId: zId.nullable().describe('The last run that changed a tag here'),
})
export type TagSummary = z.infer<typeof zTagSummary>

const zReviewedTag = z.strictObject({ assetId: zId, column: z.string().min(1), tag: zTagName })
export const zTagReview = z.strictObject({
  verdict: z.enum(['accept', 'reject']),
  tags: z.array(zReviewedTag).min(1).max(500),
})
export type TagReview = z.infer<typeof zTagReview>
export const zTagReviewed = z.object({
  reviewed: z.int().describe('Tags that were there and of a run; the others are passed over'),
  notFound: z
    .array(zReviewedTag)
    .describe('Those of the others that the column does not carry, or whose column or asset is not there'),
})

export const zTagChangeQuery = zPageQuery.extend({ jobId: zId.optional(), since: zTimeInput.optional() })
export const zTagChange = z.object({
  asset: zAssetRef,
  column: z.string(),
  tag: z.string(),
  category: z.enum(tagCategories),
  kind: z.enum(['added', 'removed']),
  jobId: zId,
  changedAt: zTime,
})
export type TagChange = z.infer<typeof zTagChange>
export const zTagChangePage = zPage(zTagChange)

const zPattern = z
  .string()
  .min(1)
  .max(500)
  .describe('By RE2, without regard to case: no look-around and no backreferences, so it never runs away')
const zMinShare = z.number().gt(0).max(1).default(0.8).describe('Of the sampled values, the share that must match')
export const zTagMatcher = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('name'), pattern: zPattern.describe('Found anywhere in a column’s name') }),
  z.strictObject({ kind: z.literal('value'), pattern: zPattern, minShare: zMinShare }),
  z.strictObject({
    kind: z.literal('dictionary'),
    words: z.array(z.string().trim().min(1).max(200)).min(1).max(10_000),
    minShare: zMinShare,
  }),
])
export type TagMatcherInput = z.input<typeof zTagMatcher>

const ruleFields = {
  name: zTagName,
  tag: zTagName.regex(/^[\p{L}\p{N}][\p{L}\p{N} _.:-]*$/u, 'Letters, digits, spaces and _ . : -'),
  category: z.enum(tagCategories),
  matcher: zTagMatcher,
}
export const zCreateTagRule = z.strictObject({ ...ruleFields, enabled: z.boolean().default(true) })
export type CreateTagRule = z.input<typeof zCreateTagRule>
/** What is not given stays as it is. */
export const zUpdateTagRule = z.strictObject({ ...ruleFields, enabled: z.boolean() }).partial()
export type UpdateTagRule = z.input<typeof zUpdateTagRule>

export const zTagRule = z.object({
  id: zId,
  name: z.string(),
  tag: z.string(),
  category: z.enum(tagCategories),
  matcher: z.union([
    z.object({ kind: z.literal('name'), pattern: z.string() }),
    z.object({ kind: z.literal('value'), pattern: z.string(), minShare: z.number() }),
    z.object({ kind: z.literal('dictionary'), words: z.array(z.string()), minShare: z.number() }),
  ]),
  enabled: z.boolean(),
  createdBy: z.string(),
  createdAt: zTime,
  updatedAt: zTime,
})
export type TagRule = z.infer<typeof zTagRule>
export const zTagRulePage = zPage(zTagRule)

/** Tries a matcher before it is saved: on the names of an asset's columns, and on values that somebody types in. */
export const zTryTagRule = z.strictObject({
  assetId: zId,
  matcher: zTagMatcher,
  values: z.array(z.string().max(1_000)).max(100).default([]).describe('Examples; they are neither kept nor logged'),
})
export type TryTagRule = z.input<typeof zTryTagRule>
export const zTagRuleTrial = z.object({
  columns: z.array(z.object({ asset: zAssetRef, column: z.string() })).describe('Whose names match, at most 200'),
  values: z.array(z.boolean()).describe('For each example whether it matches'),
})
export type TagRuleTrial = z.infer<typeof zTagRuleTrial>

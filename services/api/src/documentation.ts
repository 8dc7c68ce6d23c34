import {
  columnParts,
  documentationEvidenceKinds,
  documentationSources,
  documentationStates,
  relationParts,
} from '@plumbline/workflows'
import { z } from 'zod'
import { zAssetRef } from './jobs.ts'
import { repeatable, zId, zPage, zPageQuery, zTime } from './primitives.ts'

const zConfidence = z.number().min(0).max(1)
const zColumnName = z.string().min(1).nullable().describe('Null: the asset itself')
const zVersion = z.int32().min(1).describe('Counts the texts of the asset, or of the column, from 1')

const zSentence = z.object({
  part: z.enum([...relationParts, ...columnParts]).describe('What it tells'),
  text: z.string(),
  evidence: z
    .array(z.object({ kind: z.enum(documentationEvidenceKinds), text: z.string() }))
    .describe('What it rests on, for a person to check; never a raw value of a person'),
  confidence: zConfidence,
})
export type DocumentationSentence = z.infer<typeof zSentence>

const zText = z.object({
  text: z.string(),
  sentences: z.array(zSentence).describe('What the text is made of; empty of a person’s'),
  source: z.enum(documentationSources).describe('ai: a language model; rules: no model took part; manual: a person'),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  version: zVersion,
  confidence: zConfidence.nullable().describe('That of the least sure sentence; null of a person’s'),
  state: z
    .enum(documentationStates)
    .describe('A text of a run is proposed until a person judges it; edited: a person’s'),
  jobId: zId.nullable().describe('The run that wrote it'),
  writtenBy: z.string().nullable().describe('The person whose text it is'),
  writtenAt: zTime,
  decidedBy: z.string().nullable(),
  decidedAt: zTime.nullable(),
})

export type DocumentationText = z.infer<typeof zText>

/** Every field is null, and `sentences` empty, where nothing is said. */
const zStanding = z.object({
  text: z.string().nullable(),
  sentences: zText.shape.sentences,
  source: zText.shape.source.nullable(),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  version: zVersion.nullable(),
  confidence: zText.shape.confidence,
  state: zText.shape.state.nullable(),
  jobId: zText.shape.jobId,
  writtenBy: zText.shape.writtenBy,
  writtenAt: zTime.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: zTime.nullable(),
  proposal: zText.nullable().describe('A newer text of a run, beside one that a person accepted'),
})

export const zDocumentation = zStanding.extend({
  asset: zAssetRef,
  columns: z.array(zStanding.extend({ column: z.string() })).describe('In the order of the asset; all of them'),
})
export type Documentation = z.infer<typeof zDocumentation>

/** In characters. */
export const longestDocumentation = 10_000

const zGivenText = z
  .string()
  .trim()
  .min(1)
  .max(longestDocumentation)
  .nullable()
  .describe('Null takes back what a person said or accepted: what runs write is shown again')
const zIfVersion = zVersion
  .nullable()
  .optional()
  .describe('The version that was seen, null where nothing was said: 409 `documentation-changed` if it stands no more')

/** A person's texts: no run overwrites them. What is left out stays as it is. */
export const zSetDocumentation = z.strictObject({
  text: zGivenText.optional().describe('Of the asset itself'),
  ifVersion: zIfVersion,
  columns: z
    .array(z.strictObject({ column: z.string().min(1), text: zGivenText, ifVersion: zIfVersion }))
    .max(2_000)
    .refine(
      (columns) => new Set(columns.map(({ column }) => column)).size === columns.length,
      'names a column more than once',
    )
    .default([]),
})
export type SetDocumentation = z.input<typeof zSetDocumentation>

const zReviewedText = z.strictObject({
  assetId: zId,
  column: zColumnName,
  version: zVersion.describe('The one that was seen'),
})
export const zDocumentationReview = z.strictObject({
  verdict: z.enum(['accept', 'reject']),
  texts: z.array(zReviewedText).min(1).max(500),
})
export type DocumentationReview = z.input<typeof zDocumentationReview>
export const zDocumentationReviewed = z.object({
  reviewed: z.int().describe('Texts that were still open; the others are passed over'),
  notFound: z
    .array(zReviewedText)
    .describe('Those of the others that there is no such version of, or whose column or asset is not there'),
})

export const zDocumentationFilter = z.object({
  state: repeatable(z.enum(documentationStates)).describe('Left out: all. Proposed ones wait for review'),
  source: z.enum(documentationSources).optional(),
  minConfidence: z.coerce.number().min(0).max(1).optional().describe('Texts of runs that are at least so sure'),
  maxConfidence: z.coerce.number().min(0).max(1).optional().describe('Texts of runs that are at most so sure'),
  q: z.string().trim().min(1).max(200).optional().describe('Part of the text, or of the name of the column or asset'),
})
export const zDocumentationListQuery = zPageQuery.extend(zDocumentationFilter.shape)
/** A text that stands, with what it is about. */
export const zListedDocumentation = zText.extend({
  asset: zAssetRef,
  column: zColumnName,
  shownText: z
    .string()
    .nullable()
    .describe('Of one that waits or was rejected: the text that a person stands behind, whose place it would take'),
})
export type ListedDocumentation = z.infer<typeof zListedDocumentation>
export const zDocumentationPage = zPage(zListedDocumentation)

export const documentationFormats = ['markdown', 'csv'] as const
export type DocumentationFormat = (typeof documentationFormats)[number]
export const zDocumentationExport = z.strictObject({ format: z.enum(documentationFormats).default('markdown') })

export const zDocumentationSummary = z.object({
  relations: z.int(),
  documentedRelations: z.int(),
  columns: z.int(),
  documentedColumns: z.int(),
  waiting: z.int().describe('Texts that nobody accepted or rejected yet'),
  lastJobId: zId.nullable().describe('The newest run that wrote one of the texts'),
})
export type DocumentationSummary = z.infer<typeof zDocumentationSummary>

export const zDocumentationHistoryQuery = zPageQuery.extend({
  column: z.string().min(1).optional().describe('Left out: the asset itself'),
})
export const zDocumentationVersion = zText.extend({
  replacedAt: zTime.nullable().describe('When another version took its place'),
})
export type DocumentationVersion = z.infer<typeof zDocumentationVersion>
export const zDocumentationHistoryPage = zPage(zDocumentationVersion)

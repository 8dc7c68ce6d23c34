import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { assetKeys } from './asset-calls.ts'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type {
  ColumnTags,
  CreateTagRule,
  TagChange,
  TagReview,
  TagRule,
  TagRuleTrial,
  TagSummary,
  TryTagRule,
  UpdateTagRule,
} from '@plumbline/api'

/** Below those of assets: a job that ends refreshes them. */
export const tagKeys = { all: [...assetKeys.all, 'tags'] } as const
export const tagRuleKeys = { all: ['tag-rules'] } as const

const pathOf = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}`
const rulePath = (ruleId: string): string => `/tag-rules/${encodeURIComponent(ruleId)}`
const pageSize = 200

export interface TagQuery {
  tag?: string | undefined
  review?: 'open' | 'decided' | undefined
  category?: 'pii' | undefined
}

export const assetTags = (assetId: string, query: TagQuery) =>
  infiniteQueryOptions({
    queryKey: [...tagKeys.all, assetId, query],
    ...cursorPages<ColumnTags>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/tags`, { ...query, limit: pageSize, cursor }, signal),
    ),
    placeholderData: (before) => before,
  })

export const tagSummary = (assetId: string) =>
  queryOptions({
    queryKey: [...tagKeys.all, 'summary', assetId],
    queryFn: ({ signal }): Promise<TagSummary> => http.get(`${pathOf(assetId)}/tags/summary`, undefined, signal),
  })

/** What one run changed. */
export const tagChanges = (assetId: string, jobId: string) =>
  infiniteQueryOptions({
    queryKey: [...tagKeys.all, 'changes', assetId, jobId],
    ...cursorPages<TagChange>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/tag-changes`, { jobId, limit: pageSize, cursor }, signal),
    ),
  })

/** Every tag of a filter, streamed. */
export const openTagExport = (assetId: string, query: TagQuery, signal: AbortSignal): Promise<Response> =>
  http.open(`${pathOf(assetId)}/tags/export`, { ...query }, signal)

export const reviewTags = (review: TagReview): Promise<{ reviewed: number }> => http.post('/tags/review', review)

export const tagRules = () =>
  infiniteQueryOptions({
    queryKey: tagRuleKeys.all,
    ...cursorPages<TagRule>((cursor, signal) => http.get('/tag-rules', { limit: pageSize, cursor }, signal)),
  })

export const createTagRule = (rule: CreateTagRule): Promise<TagRule> => http.post('/tag-rules', rule)
export const updateTagRule = (ruleId: string, change: UpdateTagRule): Promise<TagRule> =>
  http.patch(rulePath(ruleId), change)
export const deleteTagRule = (ruleId: string): Promise<void> => http.delete(rulePath(ruleId))
export const tryTagRule = (trial: TryTagRule): Promise<TagRuleTrial> => http.post('/tag-rules/dry-run', trial)

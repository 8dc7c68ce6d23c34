import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { assetKeys } from './asset-calls.ts'
import { http } from './backend.ts'
import { allItems, cursorPages, type AllItems } from './cursor-pages.ts'
import type {
  Documentation,
  DocumentationFormat,
  DocumentationReview,
  DocumentationSummary,
  DocumentationText,
  DocumentationVersion,
  ListedDocumentation,
  SetDocumentation,
} from '@plumbline/api'

/** Below those of assets: a job that ends refreshes them. */
export const documentationKeys = { all: [...assetKeys.all, 'documentation'] } as const

const pathOf = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}/documentation`
const pageSize = 100
/** Beyond this a person filters. */
export const mostAtOnce = 5_000
/** As many as the API takes in one request. */
const reviewSize = 500

export interface TextFilter {
  state: readonly DocumentationText['state'][]
  source?: 'ai' | 'rules' | undefined
  minConfidence?: number | undefined
  maxConfidence?: number | undefined
  q?: string | undefined
}

export const assetDocumentation = (assetId: string) =>
  queryOptions({
    queryKey: [...documentationKeys.all, assetId],
    queryFn: ({ signal }): Promise<Documentation> => http.get(pathOf(assetId), undefined, signal),
  })

export const documentationSummary = (assetId: string) =>
  queryOptions({
    queryKey: [...documentationKeys.all, 'summary', assetId],
    queryFn: ({ signal }): Promise<DocumentationSummary> => http.get(`${pathOf(assetId)}/summary`, undefined, signal),
  })

/** The texts of an asset and of all below it. */
export const documentationTexts = (assetId: string, filter: TextFilter) =>
  infiniteQueryOptions({
    queryKey: [...documentationKeys.all, 'texts', assetId, filter],
    ...cursorPages<ListedDocumentation>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/texts`, { ...filter, limit: pageSize, cursor }, signal),
    ),
    placeholderData: (before) => before,
  })

/** All of them, up to `mostAtOnce`: read once, so that what is decided is what was counted. */
export const everyDocumentationText = (assetId: string, filter: TextFilter) =>
  queryOptions({
    queryKey: ['documentation-to-decide', assetId, filter],
    queryFn: ({ signal }): Promise<AllItems<ListedDocumentation>> =>
      allItems((cursor) => http.get(`${pathOf(assetId)}/texts`, { ...filter, limit: 200, cursor }, signal), mostAtOnce),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** Of the asset itself where `column` is null. */
export const documentationHistory = (assetId: string, column: string | null) =>
  infiniteQueryOptions({
    queryKey: [...documentationKeys.all, 'history', assetId, column],
    ...cursorPages<DocumentationVersion>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/history`, { column: column ?? undefined, limit: 50, cursor }, signal),
    ),
  })

export const setDocumentation = (assetId: string, texts: SetDocumentation): Promise<Documentation> =>
  http.put(pathOf(assetId), texts)

/** @returns of how many it was said; the others had been replaced */
export async function reviewDocumentation({ verdict, texts }: DocumentationReview): Promise<number> {
  let reviewed = 0
  for (let start = 0; start < texts.length; start += reviewSize) {
    const part = texts.slice(start, start + reviewSize)
    // One after the other: together they would be more than the server takes from one person at once.
    // oxlint-disable-next-line no-await-in-loop
    const answer: { reviewed: number } = await http.post('/documentation/review', { verdict, texts: part })
    reviewed += answer.reviewed
  }
  return reviewed
}

/** All that is shown of an asset and of what lies below it, streamed. */
export const openDocumentationExport = (
  assetId: string,
  format: DocumentationFormat,
  signal: AbortSignal,
): Promise<Response> => http.open(`${pathOf(assetId)}/export`, { format }, signal)

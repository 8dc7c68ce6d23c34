import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages, type Page } from './cursor-pages.ts'
import type { QueryValue } from './http.ts'
import type { Asset, AssetDetail, ColumnTags, Lineage, SchemaChangeView } from '@plumbline/api'

const pageSize = 200
/** Beyond this a person filters; 25 pages are still read in a second or two. */
export const childrenLimit = 5_000

const pathOf = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}`

export const assetKeys = { all: ['assets'] } as const

/** Every asset that matches, page after page, up to `childrenLimit`. */
async function allAssets(query: Record<string, QueryValue>, signal: AbortSignal): Promise<AssetList> {
  const items: Asset[] = []
  let cursor: string | undefined
  do {
    // Each page needs the cursor of the one before it.
    // oxlint-disable-next-line no-await-in-loop
    const page: Page<Asset> = await http.get('/assets', { ...query, limit: pageSize, cursor }, signal)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < childrenLimit)
  return { items, complete: cursor === undefined }
}

export interface AssetList {
  items: Asset[]
  /** False when there are more than `childrenLimit`. */
  complete: boolean
}

export const databases = () =>
  queryOptions({
    queryKey: [...assetKeys.all, 'databases'],
    queryFn: ({ signal }) => allAssets({ kind: 'database' }, signal),
  })

export const assetChildren = (parentId: string) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'children', parentId],
    queryFn: ({ signal }) => allAssets({ parentId }, signal),
  })

export const assetSearch = (q: string) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'search', q],
    queryFn: ({ signal }): Promise<Page<Asset>> => http.get('/assets', { q, limit: pageSize }, signal),
    placeholderData: (before) => before,
  })

export const assetDetail = (assetId: string) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'detail', assetId],
    queryFn: ({ signal }): Promise<AssetDetail> => http.get(pathOf(assetId), undefined, signal),
  })

export const schemaChanges = (assetId: string, query: { jobId?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: [...assetKeys.all, 'changes', assetId, query],
    ...cursorPages<SchemaChangeView>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/schema-changes`, { ...query, limit: 100, cursor }, signal),
    ),
  })

export const assetTags = (assetId: string) =>
  infiniteQueryOptions({
    queryKey: [...assetKeys.all, 'tags', assetId],
    ...cursorPages<ColumnTags>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/tags`, { limit: pageSize, cursor }, signal),
    ),
  })

export interface LineageQuery {
  direction: 'upstream' | 'downstream' | 'both'
  depth: number
  columns: boolean
  relations: boolean
}

export const assetLineage = (assetId: string, query: LineageQuery) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'lineage', assetId, query],
    queryFn: ({ signal }): Promise<Lineage> => http.get(`${pathOf(assetId)}/lineage`, { ...query }, signal),
    placeholderData: (before) => before,
  })

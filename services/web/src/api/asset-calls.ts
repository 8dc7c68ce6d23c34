import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { allItems, cursorPages, type AllItems, type Page } from './cursor-pages.ts'
import type { QueryValue } from './http.ts'
import type {
  Asset,
  AssetDetail,
  Comparison,
  Impact,
  ImpactItem,
  Lineage,
  LineageFormat,
  SchemaChangeView,
  Snapshot,
} from '@plumbline/api'

const pageSize = 200
/** Beyond this a person filters; 25 pages are still read in a second or two. */
export const childrenLimit = 5_000

const pathOf = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}`

export const assetKeys = { all: ['assets'] } as const

export type AssetList = AllItems<Asset>

/** Every asset that matches, up to `childrenLimit`. */
const allAssets = (query: Record<string, QueryValue>, signal: AbortSignal): Promise<AssetList> =>
  allItems((cursor) => http.get('/assets', { ...query, limit: pageSize, cursor }, signal), childrenLimit)

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

export const schemaChanges = (assetId: string, query: { jobId?: string | undefined; breaking: boolean }) =>
  infiniteQueryOptions({
    queryKey: [...assetKeys.all, 'changes', assetId, query],
    ...cursorPages<SchemaChangeView>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/schema-changes`, { ...query, limit: 100, cursor }, signal),
    ),
  })

export const snapshots = (assetId: string) =>
  infiniteQueryOptions({
    queryKey: [...assetKeys.all, 'snapshots', assetId],
    ...cursorPages<Snapshot>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/snapshots`, { limit: pageSize, cursor }, signal),
    ),
  })

/** Without a choice the server takes the baseline, or the oldest, and the newest. */
export const schemaComparison = (assetId: string, query: { from?: string | undefined; to?: string | undefined }) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'comparison', assetId, query],
    queryFn: ({ signal }): Promise<Comparison> =>
      http.get(`${pathOf(assetId)}/schema-comparison`, { ...query }, signal),
    placeholderData: (before) => before,
  })

export const acceptBaseline = (assetId: string, jobId: string): Promise<Snapshot> =>
  http.post(`${pathOf(assetId)}/baseline`, { jobId })

export interface LineageQuery {
  direction: 'upstream' | 'downstream' | 'both'
  /** Undefined: as deep as the server goes by itself. */
  depth: number | undefined
  columns: boolean
  relations: boolean
  /** Only what this column takes part in. */
  column: string | undefined
}

/** Without the statements that prove the edges: those are read of the edge that is looked at. */
export const assetLineage = (assetId: string, query: LineageQuery) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'lineage', assetId, query],
    queryFn: ({ signal }): Promise<Lineage> => http.get(`${pathOf(assetId)}/lineage`, { ...query, sql: false }, signal),
    placeholderData: (before) => before,
  })

/** What proves that data flows from one asset into another, or that they are related. */
export const edgeEvidence = (from: string, to: string) =>
  queryOptions({
    queryKey: [...assetKeys.all, 'evidence', from, to],
    queryFn: async ({ signal }): Promise<Lineage['edges']> => {
      const query = { direction: 'upstream', depth: 1, columns: true, relations: true, limit: 5_000 }
      const { edges }: Lineage = await http.get(`${pathOf(to)}/lineage`, query, signal)
      return edges.filter((edge) => edge.from === from && edge.to === to)
    },
  })

export interface ImpactQuery {
  column: string | undefined
  kind: readonly string[]
}

export const assetImpact = (assetId: string, query: ImpactQuery) =>
  infiniteQueryOptions({
    queryKey: [...assetKeys.all, 'impact', assetId, query],
    ...cursorPages<ImpactItem, Impact>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/impact`, { ...query, limit: 100, cursor }, signal),
    ),
  })

export const openLineageExport = (
  assetId: string,
  { columns: _columns, ...query }: LineageQuery,
  format: LineageFormat,
  signal: AbortSignal,
): Promise<Response> => http.open(`${pathOf(assetId)}/lineage/export`, { ...query, format }, signal)

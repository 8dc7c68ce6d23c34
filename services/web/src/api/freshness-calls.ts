import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { assetKeys } from './asset-calls.ts'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type { BackTestAnswer, ExpectationInput, Freshness, FreshnessHistory, TableFreshness } from '@plumbline/api'
import type { FreshnessState, Sensitivity } from '@plumbline/workflows'

const pathOf = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}/freshness`
/** Below those of assets: a job that ends refreshes them. */
const keyOf = (assetId: string) => [...assetKeys.all, 'freshness', assetId] as const

export const freshness = (assetId: string) =>
  queryOptions({
    queryKey: [...keyOf(assetId), 'now'],
    queryFn: ({ signal }): Promise<Freshness> => http.get(pathOf(assetId), undefined, signal),
  })

export const freshnessTables = (assetId: string, state: FreshnessState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(assetId), 'tables', state],
    ...cursorPages<TableFreshness>((cursor, signal) =>
      http.get(`${pathOf(assetId)}/tables`, { state, limit: 100, cursor }, signal),
    ),
  })

export const freshnessHistory = (assetId: string) =>
  queryOptions({
    queryKey: [...keyOf(assetId), 'history'],
    queryFn: ({ signal }): Promise<FreshnessHistory> => http.get(`${pathOf(assetId)}/history`, undefined, signal),
  })

export interface BackTestQuery {
  sensitivity?: Sensitivity | undefined
  interval?: string | undefined
  tolerance?: string | undefined
  learned: boolean
}

export const backTest = (assetId: string, query: BackTestQuery) =>
  queryOptions({
    queryKey: [...keyOf(assetId), 'back-test', query],
    queryFn: ({ signal }): Promise<BackTestAnswer> => http.get(`${pathOf(assetId)}/back-test`, { ...query }, signal),
    placeholderData: (before) => before,
  })

export const saveExpectation = (assetId: string, expectation: ExpectationInput): Promise<Freshness> =>
  http.put(`${pathOf(assetId)}/expectation`, expectation)

export const deleteExpectation = (assetId: string): Promise<void> => http.delete(`${pathOf(assetId)}/expectation`)

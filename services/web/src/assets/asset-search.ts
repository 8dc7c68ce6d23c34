import { deepestLineage } from '@plumbline/workflows'
import { oneOf, textOf } from '../search-params.ts'
import type { LineageQuery } from '../api/asset-calls.ts'

/** The views of an asset. The names of job results are among them, because links of the API lead to them. */
export const assetTabs = [
  'columns',
  'keys',
  'definition',
  'contents',
  'documentation',
  'tags',
  'schema-changes',
  'freshness',
  'lineage',
  'metrics',
  'jobs',
] as const
export type AssetTab = (typeof assetTabs)[number]

/** Of the page with the tree: what the tree is filtered by. */
export interface AssetsSearch {
  q?: string | undefined
}

export const parseAssetsSearch = (raw: Record<string, unknown>): AssetsSearch => ({ q: textOf(raw, 'q') })

/** Of an asset: the tab, the one job that changes are shown of, and how the lineage is drawn. */
export interface AssetSearch {
  tab?: AssetTab | undefined
  jobId?: string | undefined
  direction?: LineageQuery['direction'] | undefined
  depth?: number | undefined
  detail?: 'columns' | undefined
  keys?: 'shown' | undefined
  /** The lineage as a list, or as what a change would reach, instead of as a graph. */
  as?: 'list' | 'impact' | undefined
  /** The column that the lineage is of. */
  column?: string | undefined
  /** Of the metrics: how many days back, and whether only anomalies are shown. */
  days?: number | undefined
  show?: 'anomalies' | undefined
  /** Of schema changes: only those that break, or what is different between two snapshots. */
  breaking?: 'only' | undefined
  view?: 'compare' | undefined
  from?: string | undefined
  to?: string | undefined
}

export const metricDays = [7, 30, 90, 365] as const

export const lineageDefaults = { direction: 'both', depth: 3 } as const satisfies Partial<LineageQuery>
export const lineageDirections = ['upstream', 'both', 'downstream'] as const

export function parseAssetSearch(raw: Record<string, unknown>): AssetSearch {
  // What came from the address is text; what the page itself set is a number.
  const depth = Number(raw['depth'])
  return {
    tab: oneOf(raw, 'tab', assetTabs),
    jobId: textOf(raw, 'jobId'),
    direction: oneOf(raw, 'direction', lineageDirections),
    depth: Number.isInteger(depth) && depth >= 1 && depth <= deepestLineage ? depth : undefined,
    detail: oneOf(raw, 'detail', ['columns']),
    keys: oneOf(raw, 'keys', ['shown']),
    as: oneOf(raw, 'as', ['list', 'impact']),
    column: textOf(raw, 'column'),
    days: metricDays.find((one) => one === Number(raw['days'])),
    show: oneOf(raw, 'show', ['anomalies']),
    breaking: oneOf(raw, 'breaking', ['only']),
    view: oneOf(raw, 'view', ['compare']),
    from: textOf(raw, 'from'),
    to: textOf(raw, 'to'),
  }
}

export const lineageQuery = (search: AssetSearch): LineageQuery => ({
  direction: search.direction ?? lineageDefaults.direction,
  // Of one column as far as it goes.
  depth: search.depth ?? (search.column === undefined ? lineageDefaults.depth : undefined),
  columns: search.detail === 'columns' || search.column !== undefined,
  relations: search.keys === 'shown' && search.column === undefined,
  column: search.column,
})

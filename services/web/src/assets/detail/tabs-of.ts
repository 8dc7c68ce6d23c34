import type { AssetTab } from '../asset-search.ts'
import type { AssetDetail } from '@plumbline/api'

export interface TabInfo {
  id: AssetTab
  label: string
  count?: number
}

/** The views that make sense for an asset: what lies below a database or schema, what a relation is made of. */
export function tabsOf(asset: Pick<AssetDetail, 'kind' | 'columns' | 'keys' | 'indexes' | 'definition'>): TabInfo[] {
  const shared: TabInfo[] = [
    { id: 'documentation', label: 'Documentation' },
    { id: 'tags', label: 'Tags' },
    { id: 'schema-changes', label: 'Schema changes' },
    { id: 'freshness', label: 'Freshness' },
    { id: 'lineage', label: 'Lineage' },
    { id: 'metrics', label: 'Metrics' },
    { id: 'jobs', label: 'Jobs' },
  ]
  if (asset.kind === 'database' || asset.kind === 'schema') {
    return [{ id: 'contents', label: 'Contents' }, ...shared]
  }
  const structure: TabInfo[] = [
    { id: 'columns', label: 'Columns', count: asset.columns.length },
    { id: 'keys', label: 'Keys & indexes', count: asset.keys.length + asset.indexes.length },
  ]
  if (asset.definition !== null) structure.push({ id: 'definition', label: 'Definition' })
  return [...structure, ...shared]
}

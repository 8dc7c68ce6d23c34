import type { AssetList } from '../../api/asset-calls.ts'
import type { Asset } from '@plumbline/api'

/** A line of the tree as it is drawn. */
export type TreeRow =
  | { kind: 'asset'; id: string; asset: Asset; level: number; expandable: boolean; expanded: boolean }
  | { kind: 'note'; id: string; level: number; note: 'loading' | 'failed' | 'empty' | 'more' }

export type ChildrenState = { status: 'pending' } | { status: 'error' } | { status: 'success'; list: AssetList }

export const isExpandable = (asset: Pick<Asset, 'kind'>): boolean =>
  asset.kind === 'database' || asset.kind === 'schema'

/**
 * Flattens the open part of the tree, so that only what is in view needs to be drawn. `childrenOf` is asked for open branches
 * only: nothing is read before somebody looks.
 */
export function treeRows(
  roots: readonly Asset[],
  expanded: ReadonlySet<string>,
  childrenOf: (assetId: string) => ChildrenState,
): TreeRow[] {
  const rows: TreeRow[] = []
  const add = (asset: Asset, level: number): void => {
    const expandable = isExpandable(asset)
    const open = expandable && expanded.has(asset.id)
    rows.push({ kind: 'asset', id: asset.id, asset, level, expandable, expanded: open })
    if (open) addChildren(asset.id, level + 1)
  }
  const addChildren = (assetId: string, level: number): void => {
    const note = (what: 'loading' | 'failed' | 'empty' | 'more'): void => {
      rows.push({ kind: 'note', id: `${assetId}:${what}`, level, note: what })
    }
    const children = childrenOf(assetId)
    if (children.status === 'pending') return note('loading')
    if (children.status === 'error') return note('failed')
    if (children.list.items.length === 0) return note('empty')
    for (const child of children.list.items) add(child, level)
    if (!children.list.complete) note('more')
  }
  for (const root of roots) add(root, 0)
  return rows
}

/** Where a key leads in the tree: to another line, or to a branch that opens or closes. */
export type TreeMove = { to: string } | { toggle: string } | null

/** The keys of a tree as the ARIA pattern has them. */
export function treeMove(rows: readonly TreeRow[], currentId: string | null, key: string): TreeMove {
  const lines = rows.filter((row) => row.kind === 'asset')
  const index = lines.findIndex(({ id }) => id === currentId)
  const at = (target: number): TreeMove => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, target))]
    return line === undefined ? null : { to: line.id }
  }
  const line = lines[index]
  if (line === undefined) return at(0)
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return at(index + 1)
    case 'ArrowUp':
    case 'k':
      return at(index - 1)
    case 'Home':
      return at(0)
    case 'End':
      return at(lines.length - 1)
    case 'ArrowRight':
      if (!line.expandable) return null
      return line.expanded ? at(index + 1) : { toggle: line.id }
    case 'ArrowLeft':
      if (line.expanded) return { toggle: line.id }
      return line.asset.parentId === null ? null : { to: line.asset.parentId }
    default:
      return null
  }
}

import { Skeleton, Stack } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { assetChildren, databases } from '../../api/asset-calls.ts'
import { connectionList } from '../../api/connection-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { NoAssets } from './no-assets.tsx'
import { TreeLine, TreeNote } from './tree-line.tsx'
import { treeMove, treeRows, type ChildrenState } from './tree-rows.ts'
import classes from './tree.module.css'

const lineHeightPx = 30

interface AssetTreeProps {
  /** The asset that is open beside the tree. */
  openId: string | undefined
  /** It and the assets above it, which are shown expanded. */
  openPath: readonly string[]
}

/** Databases, their schemas, their relations; a branch is read when it is opened. */
export function AssetTree({ openId, openPath }: AssetTreeProps) {
  const roots = useQuery(databases())
  const tree = useTree(roots.data?.items ?? [], openPath)
  const [activeId, setActiveId] = useState<string | null>(openId ?? null)
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useDrawnLines(tree.rows, scroller)
  const names = useConnectionNames()

  if (roots.isPending) return <TreeSkeleton />
  if (roots.isError) return <ProblemAlert error={roots.error} onRetry={() => void roots.refetch()} />
  if (roots.data.items.length === 0) return <NoAssets />

  const open = (assetId: string): void => {
    setActiveId(assetId)
    void navigate({ to: '/assets/$assetId', params: { assetId }, search: (before) => ({ q: before.q }) })
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'Enter' && activeId !== null) return open(activeId)
    const move = treeMove(tree.rows, activeId, event.key)
    if (move === null) return
    event.preventDefault()
    if ('toggle' in move) return tree.toggle(move.toggle)
    setActiveId(move.to)
    lines.scrollToIndex(tree.rows.findIndex(({ id }) => id === move.to))
  }
  const focused = activeId ?? tree.rows[0]?.id
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="tree"
      aria-label="Assets"
      tabIndex={0}
      aria-activedescendant={focused === undefined ? undefined : `tree-${focused}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
        {lines.getVirtualItems().map(({ index, start }) => {
          const row = tree.rows[index]
          if (row === undefined) return null
          const place = { position: 'absolute', insetInline: 0, top: start, height: lineHeightPx } as const
          if (row.kind === 'note') return <TreeNote key={row.id} row={row} style={place} />
          return (
            <TreeLine
              key={row.id}
              row={row}
              style={place}
              detail={row.level === 0 ? names.get(row.asset.connectionId) : undefined}
              open={row.id === openId}
              active={row.id === focused}
              onToggle={() => tree.toggle(row.id)}
              onOpen={() => open(row.id)}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The lines that are in sight. */
function useDrawnLines(rows: ReturnType<typeof treeRows>, scroller: React.RefObject<HTMLDivElement | null>) {
  // Its methods read what they hold when they are called; no compiler memoizes them here.
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeightPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 20,
  })
}

/** The lines of the tree and how its branches open. The path to the open asset opens by itself. */
function useTree(roots: Parameters<typeof treeRows>[0], openPath: readonly string[]) {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  // A path that is followed opens once: what a person closes afterwards stays closed.
  const [followed, setFollowed] = useState<readonly string[]>([])
  if (openPath !== followed) {
    setFollowed(openPath)
    setExpanded(new Set([...expanded, ...openPath]))
  }
  const ids = [...expanded]
  const results = useQueries({ queries: ids.map((id) => assetChildren(id)) })
  const states = new Map(
    ids.map((id, index): [string, ChildrenState] => {
      const result = results[index]
      if (result?.data !== undefined) return [id, { status: 'success', list: result.data }]
      return [id, { status: result?.isError === true ? 'error' : 'pending' }]
    }),
  )
  const rows = treeRows(roots, expanded, (id) => states.get(id) ?? { status: 'pending' })
  const toggle = (id: string): void =>
    setExpanded(new Set(expanded.has(id) ? ids.filter((other) => other !== id) : [...ids, id]))
  return { rows, toggle }
}

function useConnectionNames(): ReadonlyMap<string, string> {
  const { data } = useQuery(connectionList())
  return useMemo(() => new Map((data ?? []).map(({ id, name }) => [id, name])), [data])
}

function TreeSkeleton() {
  return (
    <Stack gap={10} p="sm" role="status" aria-busy="true" aria-label="Loading">
      {[70, 55, 60, 45, 50].map((width) => (
        <Skeleton key={width} height={16} width={`${width}%`} />
      ))}
    </Stack>
  )
}

import { useMemo, useState } from 'react'
import { drawnGraph, type DrawnNode } from './drawn-graph.ts'
import { flowEdges, flowNodes, markedNodes } from './flow-elements.ts'
import { layeredLayout } from './layered-layout.ts'
import { sizeOf } from './node-size.ts'
import { pointKey, traceColumn, type ColumnPoint } from './trace-column.ts'
import type { Lineage } from '@plumbline/api'

interface GraphOptions {
  lineage: Lineage
  rootId: string
  columns: boolean
  /** Only names are drawn. */
  far: boolean
  collapsed: ReadonlySet<string>
  onCollapsed: (collapsed: ReadonlySet<string>) => void
}

/** What is drawn of a lineage and what is chosen in it. */
export function useGraphState(options: GraphOptions) {
  const { lineage, columns, collapsed, onCollapsed } = options
  const [current, setCurrent] = useState<string | null>(null)
  const [followed, setFollowed] = useState<ColumnPoint | null>(null)
  const [edgeId, setEdgeId] = useState<string | null>(null)
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())

  const { graph, positions, ways, placed } = usePlacedGraph(options, unfolded)
  const trace = useMemo(
    () => (followed === null || !columns ? null : traceColumn(lineage, followed)),
    [lineage, followed, columns],
  )
  const nodes = useMemo(() => markedNodes(placed, current, trace), [placed, current, trace])
  const edges = useMemo(
    () => flowEdges(graph, { columns, current, trace, ways }),
    [graph, columns, current, trace, ways],
  )

  const unfold = (node: DrawnNode): void => {
    if (node.isSchema) onCollapsed(new Set([...collapsed].filter((key) => key !== node.id)))
    else setUnfolded(new Set([...unfolded, node.id]))
  }
  const follow = (point: ColumnPoint): void =>
    setFollowed((before) => (before !== null && pointKey(before) === pointKey(point) ? null : point))
  const clear = (): void => {
    setFollowed(null)
    setEdgeId(null)
    setCurrent(null)
  }
  const shownEdge = graph.edges.find(({ id }) => id === edgeId)
  return {
    graph,
    positions,
    ways,
    nodes,
    edges,
    trace,
    current,
    setCurrent,
    followed,
    shownEdge,
    setEdgeId,
    actions: { follow, unfold },
    clear,
  }
}

/** The graph and where its parts are. The layout is made anew only when other nodes are drawn. */
function usePlacedGraph({ lineage, rootId, columns, far, collapsed }: GraphOptions, unfolded: ReadonlySet<string>) {
  const graph = useMemo(
    () => drawnGraph(lineage, { rootId, columns, collapsed, unfolded }),
    [lineage, rootId, columns, collapsed, unfolded],
  )
  const { positions, ways } = useMemo(
    () =>
      layeredLayout(
        graph.nodes.map((node) => ({ id: node.id, ...sizeOf(node) })),
        graph.edges,
      ),
    [graph],
  )
  const placed = useMemo(
    () => flowNodes(graph, rootId, positions),
    // From afar no node has handles, and the library measures that: other objects make it take those that it is told again.
    // oxlint-disable-next-line react/exhaustive-deps
    [graph, rootId, positions, far],
  )
  return { graph, positions, ways, placed }
}

export type GraphState = ReturnType<typeof useGraphState>

import { MarkerType, type Edge, type Node } from '@xyflow/react'
import { placeNodes, type PlacedNode } from './lineage-layout.ts'
import { pointKey } from './trace-column.ts'
import type { Lineage } from '@plumbline/api'

export interface AssetNodeData extends Record<string, unknown> {
  placed: PlacedNode
  /** The asset that the lineage is of. */
  isRoot: boolean
  /** The columns that are traced, as `pointKey`s; null while none is. */
  traced: ReadonlySet<string> | null
}
export type AssetNode = Node<AssetNodeData, 'asset'>
/** `index` is the edge's place in the lineage. */
export type FlowEdge = Edge<{ index: number }>

interface FlowOptions {
  rootId: string
  columns: boolean
  traced: ReadonlySet<string> | null
}

/** A lineage as the graph library wants it: placed nodes, and an edge a table pair or a column pair. */
export function flowElements(lineage: Lineage, options: FlowOptions): { nodes: AssetNode[]; edges: FlowEdge[] } {
  const placed = placeNodes(lineage, options.columns, options.rootId)
  const nodes = placed.map((place): AssetNode => ({
    id: place.node.id,
    type: 'asset',
    position: { x: place.x, y: place.y },
    width: place.width,
    height: place.height,
    ariaLabel: place.node.qualifiedName,
    data: { placed: place, isRoot: place.node.id === options.rootId, traced: options.traced },
  }))
  const drawn = new Set(nodes.map(({ id }) => id))
  const edges = lineage.edges.flatMap((edge, index) =>
    drawn.has(edge.from) && drawn.has(edge.to) ? edgesOf(edge, index, options) : [],
  )
  return { nodes, edges }
}

function edgesOf(edge: Lineage['edges'][number], index: number, { columns, traced }: FlowOptions): FlowEdge[] {
  const base = {
    source: edge.from,
    target: edge.to,
    markerEnd: { type: MarkerType.ArrowClosed },
    data: { index },
    ...(edge.evidence === 'foreign_key' ? { style: { strokeDasharray: '5 4' } } : {}),
  }
  if (!columns || edge.columns.length === 0) {
    return [{ ...base, id: `${index}`, ...(traced === null ? {} : { className: 'dimmed' }) }]
  }
  return edge.columns.map((pair) => {
    const onTrace =
      traced === null ||
      (traced.has(pointKey({ assetId: edge.from, column: pair.from })) &&
        traced.has(pointKey({ assetId: edge.to, column: pair.to })))
    return {
      ...base,
      id: `${index}:${pair.from}:${pair.to}`,
      sourceHandle: `out:${pair.from}`,
      targetHandle: `in:${pair.to}`,
      ...(traced === null ? {} : { className: onTrace ? 'traced' : 'dimmed' }),
    }
  })
}

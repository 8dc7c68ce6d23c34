import { Graph, layout } from '@dagrejs/dagre'
import type { Lineage } from '@plumbline/api'

export type LineageNode = Lineage['nodes'][number]
export type LineageEdge = Lineage['edges'][number]

export const nodeWidthPx = 220
export const headerHeightPx = 46
export const columnHeightPx = 20
const columnPaddingPx = 6

export interface PlacedNode {
  node: LineageNode
  /** The columns that take part in some flow, in the order of the table; empty when columns are not shown. */
  columns: string[]
  x: number
  y: number
  width: number
  height: number
}

/** The columns of each node that an edge mentions. */
export function columnsInFlow(lineage: Lineage): Map<string, string[]> {
  const mentioned = new Map<string, Set<string>>()
  const mention = (assetId: string, column: string): void => {
    const columns = mentioned.get(assetId) ?? new Set<string>()
    mentioned.set(assetId, columns.add(column))
  }
  for (const edge of lineage.edges) {
    for (const pair of edge.columns) {
      mention(edge.from, pair.from)
      mention(edge.to, pair.to)
    }
  }
  return new Map(
    lineage.nodes.map((node) => [
      node.id,
      node.columns.filter((column) => mentioned.get(node.id)?.has(column) === true),
    ]),
  )
}

/**
 * Places the nodes from left to right along the flow. Relations that nothing flows into or out of are left out when there are
 * others: of a whole database they would only be a heap.
 * @returns positions of the upper left corners, in px
 */
export function placeNodes(lineage: Lineage, withColumns: boolean, rootId: string): PlacedNode[] {
  const columns = withColumns ? columnsInFlow(lineage) : new Map<string, string[]>()
  const nodes = drawnNodes(lineage, rootId)
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 90, marginx: 8, marginy: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) {
    graph.setNode(id, { width: nodeWidthPx, height: heightOf(columns.get(id)?.length ?? 0) })
  }
  for (const edge of lineage.edges) {
    if (edge.from !== edge.to && graph.hasNode(edge.from) && graph.hasNode(edge.to)) graph.setEdge(edge.from, edge.to)
  }
  layout(graph)
  return nodes.map((node) => {
    const {
      x = 0,
      y = 0,
      width,
      height,
    }: { x?: number; y?: number; width: number; height: number } = graph.node(node.id)
    return { node, columns: columns.get(node.id) ?? [], x: x - width / 2, y: y - height / 2, width, height }
  })
}

/** The nodes worth drawing: those that are connected, and the asset in question. */
export function drawnNodes(lineage: Lineage, rootId: string): LineageNode[] {
  const connected = new Set(lineage.edges.flatMap(({ from, to }) => [from, to]))
  return lineage.nodes.filter(({ id }) => connected.has(id) || id === rootId)
}

const heightOf = (columns: number): number =>
  headerHeightPx + (columns === 0 ? 0 : columns * columnHeightPx + columnPaddingPx)

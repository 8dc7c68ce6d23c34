import { MarkerType, type Edge, type Node } from '@xyflow/react'
import { pointKey, type Trace } from './trace-column.ts'
import type { DrawnEdge, DrawnGraph, DrawnNode } from './drawn-graph.ts'
import { wayKey, type Position, type WayPoint } from './layout.ts'
import { handlesOf, sizeOf } from './node-size.ts'

export interface AssetNodeData extends Record<string, unknown> {
  drawn: DrawnNode
  /** The asset that the lineage is of. */
  isRoot: boolean
  /** The column that is followed, and where it leads; null while none is, and in nodes that it does not come to. */
  trace: Trace | null
}
export type AssetNode = Node<AssetNodeData, 'asset'>
/** `way`: through the layers that it passes. */
export type FlowEdge = Edge<{ drawn: DrawnEdge; way?: WayPoint[] }, 'way'>

/** The nodes as the graph library wants them. */
export function flowNodes(graph: DrawnGraph, rootId: string, positions: ReadonlyMap<string, Position>): AssetNode[] {
  return graph.nodes.map((drawn) => ({
    id: drawn.id,
    type: 'asset',
    position: positions.get(drawn.id) ?? { x: 0, y: 0 },
    ...sizeOf(drawn),
    measured: sizeOf(drawn),
    handles: handlesOf(drawn),
    data: { drawn, isRoot: drawn.members.some(({ id }) => id === rootId), trace: null },
  }))
}

/** The same nodes, with what is chosen and followed. Those that are neither stay the same objects: they are not drawn again. */
export function markedNodes(nodes: readonly AssetNode[], current: string | null, trace: Trace | null): AssetNode[] {
  return nodes.map((node) => {
    const lit = trace !== null && node.data.drawn.members.some(({ id }) => trace.assets.has(id))
    if (!lit && node.id !== current) return node
    return {
      ...node,
      selected: node.id === current,
      ...(lit && { className: 'lit', data: { ...node.data, trace } }),
    }
  })
}

/** Beyond this only those column pairs are drawn that are followed, or that touch the chosen node. */
export const mostColumnEdges = 400

export interface FlowEdgeOptions {
  /** Column by column, where the nodes list columns. */
  columns: boolean
  current: string | null
  trace: Trace | null
  ways: ReadonlyMap<string, WayPoint[]>
}

export function flowEdges(graph: DrawnGraph, options: FlowEdgeOptions): FlowEdge[] {
  const listed = new Map(graph.nodes.map((node) => [node.id, new Set(node.columns)]))
  const pairs = graph.edges.reduce((sum, { parts }) => sum + parts.reduce((of, part) => of + part.columns.length, 0), 0)
  const all = pairs <= mostColumnEdges
  return graph.edges.flatMap((drawn) => {
    const near = options.current !== null && (drawn.from === options.current || drawn.to === options.current)
    const columnEdges = options.columns ? columnEdgesOf(drawn, listed, options, all || near) : []
    return columnEdges.length > 0 ? columnEdges : [relationEdge(drawn, options, near)]
  })
}

const arrow = { type: MarkerType.ArrowClosed, width: 16, height: 16 }

function relationEdge(drawn: DrawnEdge, { trace, ways }: FlowEdgeOptions, near: boolean): FlowEdge {
  const onTrace = trace !== null && drawn.parts.some((part) => trace.assets.has(part.from) && trace.assets.has(part.to))
  return {
    id: drawn.id,
    ...endsOf(drawn, ways),
    className: [...kindClasses(drawn), ...(near ? ['near'] : []), ...(onTrace ? ['lit'] : [])].join(' '),
  }
}

/** An edge each two columns, drawn to the head of a node that does not list the column; dotted where it only decides rows. */
function columnEdgesOf(
  drawn: DrawnEdge,
  listed: ReadonlyMap<string, ReadonlySet<string>>,
  { trace, ways }: FlowEdgeOptions,
  all: boolean,
): FlowEdge[] {
  const edges = new Map<string, FlowEdge>()
  const add = (from: string, to: string | null, isLit: boolean): void => {
    if (!all && !isLit) return
    const [source, target] = [
      listed.get(drawn.from)?.has(from) === true,
      to !== null && listed.get(drawn.to)?.has(to) === true,
    ]
    const id = `${drawn.id}:${source ? from : ''}:${target ? to : ''}:${to === null ? 'rows' : ''}`
    const before = edges.get(id)
    edges.set(id, {
      id,
      ...endsOf(drawn, ways),
      ...(source && { sourceHandle: `out:${from}` }),
      ...(target && { targetHandle: `in:${to}` }),
      className: [
        ...kindClasses(drawn),
        ...(to === null ? ['rows'] : []),
        ...(isLit || before?.className?.includes('lit') === true ? ['lit'] : []),
      ].join(' '),
    })
  }
  for (const { from: fromId, to: toId, columns, indirect } of drawn.parts) {
    for (const { from, to } of columns) {
      const ends = [pointKey({ assetId: fromId, column: from }), pointKey({ assetId: toId, column: to })]
      add(from, to, trace !== null && ends.every((end) => trace.direct.has(end)))
    }
    for (const from of indirect) {
      const point = pointKey({ assetId: fromId, column: from })
      const decided = trace?.direct.has(point) === true && trace.indirect.has(pointKey({ assetId: toId, column: null }))
      // Rows that are decided are shown of the followed column alone: every filter of every view would cover the values.
      if (decided || (trace?.indirect.has(point) === true && trace.assets.has(toId))) add(from, null, true)
    }
  }
  return [...edges.values()]
}

function endsOf(drawn: DrawnEdge, ways: ReadonlyMap<string, WayPoint[]>) {
  const way = ways.get(wayKey(drawn))
  return {
    type: 'way' as const,
    source: drawn.from,
    target: drawn.to,
    markerEnd: arrow,
    data: { drawn, ...(way !== undefined && { way }) },
  }
}

const kindClasses = ({ parts }: DrawnEdge): string[] => [
  ...(parts.every(({ evidence }) => evidence === 'foreign_key') ? ['key'] : []),
  ...(parts.every(({ faded }) => faded) ? ['faded'] : []),
]

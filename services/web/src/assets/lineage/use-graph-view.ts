import { useReactFlow, type Viewport } from '@xyflow/react'
import { sizeOf } from './node-size.ts'
import type { DrawnGraph } from './drawn-graph.ts'
import type { Position } from './layout.ts'
import type { GraphState } from './use-graph-state.ts'

/** A larger graph begins around the asset in question, where names can be read, instead of as a whole. */
const readableNodes = 80
const readableZoom = 0.75
const fit = { maxZoom: 1, padding: 0.12 }

/** Where the graph is looked at. */
export function useGraphView({ graph, positions }: Pick<GraphState, 'graph' | 'positions'>, rootId: string) {
  const flow = useReactFlow()
  const lookAt = (nodeId: string, zoom: number): boolean => {
    const node = graph.nodes.find(({ id }) => id === nodeId)
    const at = positions.get(nodeId)
    if (node === undefined || at === undefined) return false
    const { width, height } = sizeOf(node)
    void flow.setCenter(at.x + width / 2, at.y + height / 2, { zoom })
    return true
  }
  const fitAll = (): void => {
    void flow.fitView(fit)
  }
  const root = graph.nodes.find(({ members }) => members.some(({ id }) => id === rootId))
  const whole = graph.nodes.length <= readableNodes || root === undefined
  return {
    fitAll,
    /** Until it is known how large the canvas is: near enough that not everything is drawn for nothing. */
    first: firstViewport(graph, positions, whole ? undefined : root.id),
    begin: (): void => {
      if (whole) fitAll()
      else lookAt(root.id, readableZoom)
    },
    jumpTo: (nodeId: string): void => {
      lookAt(nodeId, Math.max(flow.getZoom(), readableZoom))
    },
  }
}

/** About the size of the canvas on a common screen. */
const usualCanvasPx = { width: 900, height: 600 }

function firstViewport(
  graph: DrawnGraph,
  positions: ReadonlyMap<string, Position>,
  around: string | undefined,
): Viewport {
  const at = around === undefined ? undefined : positions.get(around)
  if (at !== undefined) {
    return {
      x: usualCanvasPx.width / 2 - at.x * readableZoom,
      y: usualCanvasPx.height / 2 - at.y * readableZoom,
      zoom: readableZoom,
    }
  }
  let [right, bottom] = [1, 1]
  for (const node of graph.nodes) {
    const { width, height } = sizeOf(node)
    const { x, y } = positions.get(node.id) ?? { x: 0, y: 0 }
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return { x: 0, y: 0, zoom: Math.min(1, usualCanvasPx.width / right, usualCanvasPx.height / bottom) }
}

export type GraphView = ReturnType<typeof useGraphView>

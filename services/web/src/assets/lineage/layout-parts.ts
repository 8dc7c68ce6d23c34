import { layerGapPx, type Layout, type LayoutEdge, type LayoutNode } from './layout.ts'

export interface Part {
  nodes: LayoutNode[]
  edges: LayoutEdge[]
}

/** What is connected by edges, whatever their direction; the part with most nodes first. Edges of a node to itself place nothing. */
export function connectedParts(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Part[] {
  const known = new Set(nodes.map(({ id }) => id))
  const placing = edges.filter(({ from, to }) => from !== to && known.has(from) && known.has(to))
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of placing) {
    neighbours.get(from)?.push(to)
    neighbours.get(to)?.push(from)
  }
  const partOf = new Map<string, number>()
  let parts = 0
  for (const { id } of nodes) {
    if (partOf.has(id)) continue
    const reached = new Set([id])
    for (const one of reached) {
      partOf.set(one, parts)
      for (const next of neighbours.get(one) ?? []) reached.add(next)
    }
    parts += 1
  }
  const nodesOf = Map.groupBy(nodes, ({ id }) => partOf.get(id))
  const edgesOf = Map.groupBy(placing, ({ from }) => partOf.get(from))
  return Array.from({ length: parts }, (_, part) => ({
    nodes: nodesOf.get(part) ?? [],
    edges: edgesOf.get(part) ?? [],
  })).toSorted((a, b) => b.nodes.length - a.nodes.length)
}

interface PlacedPart {
  nodes: readonly LayoutNode[]
  layout: Layout
}

/** Puts the parts beside and below one another: in rows as wide as the widest, but no narrower than the whole is high. */
export function packParts(parts: readonly PlacedPart[]): Layout {
  const boxes = parts.map(boxOf)
  const area = boxes.reduce((sum, { width, height }) => sum + (width + layerGapPx) * (height + layerGapPx), 0)
  const rowWidth = Math.max(Math.sqrt(area) * 1.5, ...boxes.map(({ width }) => width))
  const packed: Layout = { positions: new Map(), ways: new Map() }
  let x = 0
  let y = 0
  let rowHeight = 0
  for (const { left, top, width, height, layout } of boxes) {
    if (x > 0 && x + width > rowWidth) {
      y += rowHeight + layerGapPx / 2
      x = 0
      rowHeight = 0
    }
    const moved = <P extends { x: number; y: number }>(at: P): P => ({ ...at, x: at.x - left + x, y: at.y - top + y })
    for (const [id, at] of layout.positions) packed.positions.set(id, moved(at))
    for (const [key, way] of layout.ways) packed.ways.set(key, way.map(moved))
    x += width + layerGapPx
    rowHeight = Math.max(rowHeight, height)
  }
  return packed
}

function boxOf({ nodes, layout }: PlacedPart) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { id, width, height } of nodes) {
    const { x, y } = layout.positions.get(id) ?? { x: 0, y: 0 }
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return { left, top, width: right - left, height: bottom - top, layout }
}

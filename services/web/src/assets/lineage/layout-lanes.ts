import { nodeGapPx, wayKey, type LayoutEdge, type LayoutNode, type Slot } from './layout.ts'

const laneHeightPx = 10

interface Lanes {
  /** What takes room in each layer. */
  slots: Slot[][]
  /** Edges from layer to layer, through the lanes. */
  links: LayoutEdge[]
  /** The lanes of each edge that passes layers, by `wayKey`, from left to right. */
  lanes: Map<string, { slot: string; layer: number }[]>
}

/**
 * Gives edges that pass layers a lane in each of them. Edges that come from the same node share theirs: they part where the first
 * of them ends. An edge that leads back, of a circle, has none.
 */
export function lanesOf(layers: readonly LayoutNode[][], edges: readonly LayoutEdge[]): Lanes {
  const slots = layers.map((layer) => layer.map(({ id, height }): Slot => ({ id, height: height + nodeGapPx })))
  const layerOf = new Map(layers.flatMap((layer, index) => layer.map(({ id }) => [id, index] as const)))
  const made = new Set<string>()
  const links: LayoutEdge[] = []
  const lanes: Lanes['lanes'] = new Map()
  for (const edge of edges) {
    const [first, last] = [layerOf.get(edge.from) ?? 0, layerOf.get(edge.to) ?? 0]
    const passed: { slot: string; layer: number }[] = []
    let from = edge.from
    for (let layer = first + 1; layer < last; layer++) {
      const slot = `lane ${layer} ${edge.from}`
      if (!made.has(slot)) {
        slots[layer]?.push({ id: slot, height: laneHeightPx })
        links.push({ from, to: slot })
        made.add(slot)
      }
      passed.push({ slot, layer })
      from = slot
    }
    links.push({ from, to: edge.to })
    if (passed.length > 0) lanes.set(wayKey(edge), passed)
  }
  return { slots, links, lanes }
}

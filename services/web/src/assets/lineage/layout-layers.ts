import type { LayoutEdge, LayoutNode } from './layout.ts'

/**
 * The layers from left to right. A node stands right of all that flows into it (the longest path), except where an edge closes
 * a circle; what only gives is pulled close to what it gives to.
 */
export function layersOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const targets = Map.groupBy(edges, ({ from }) => from)
  const order = flowOrder(nodes, targets, edges)
  const place = new Map(order.map((id, index) => [id, index]))
  const forward = (id: string): string[] =>
    (targets.get(id) ?? []).map(({ to }) => to).filter((to) => (place.get(to) ?? 0) > (place.get(id) ?? 0))
  const layer = new Map<string, number>(order.map((id) => [id, 0]))
  for (const id of order) {
    for (const to of forward(id)) layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(id) ?? 0) + 1))
  }
  const fed = new Set(edges.map(({ to }) => to))
  for (const id of order.toReversed()) {
    const next = forward(id)
    if (!fed.has(id) && next.length > 0) layer.set(id, Math.min(...next.map((to) => layer.get(to) ?? 1)) - 1)
  }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const layers: LayoutNode[][] = []
  for (const id of order) {
    const node = byId.get(id)
    if (node !== undefined) (layers[layer.get(id) ?? 0] ??= []).push(node)
  }
  return layers.filter((one) => one.length > 0)
}

/** Every node before what it flows into, by a search in depth; an edge back into the path that is being followed is passed over. */
function flowOrder(
  nodes: readonly LayoutNode[],
  targets: ReadonlyMap<string, LayoutEdge[]>,
  edges: readonly LayoutEdge[],
): string[] {
  const fed = new Set(edges.map(({ to }) => to))
  const starts = [...nodes.filter(({ id }) => !fed.has(id)), ...nodes.filter(({ id }) => fed.has(id))]
  const seen = new Set<string>()
  const finished: string[] = []
  for (const { id } of starts) {
    if (seen.has(id)) continue
    seen.add(id)
    const path = [{ id, rest: (targets.get(id) ?? []).values() }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.next()
      if (next.done === true) {
        finished.push(top.id)
        path.pop()
      } else if (!seen.has(next.value.to)) {
        seen.add(next.value.to)
        path.push({ id: next.value.to, rest: (targets.get(next.value.to) ?? []).values() })
      }
    }
  }
  return finished.toReversed()
}

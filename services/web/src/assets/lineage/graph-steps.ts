import type { DrawnGraph } from './drawn-graph.ts'
import type { Position } from './layout.ts'

export type GraphStep = 'upstream' | 'downstream' | 'above' | 'below'

/**
 * The node that a key leads to: along an edge to the neighbour that stands nearest, or up and down among the nodes that stand one
 * above the other. @returns null when there is none
 */
export function stepFrom(
  from: string,
  step: GraphStep,
  graph: DrawnGraph,
  positions: ReadonlyMap<string, Position>,
): string | null {
  const here = positions.get(from)
  if (here === undefined) return null
  const distance = (id: string): number => Math.abs((positions.get(id)?.y ?? 0) - here.y)
  const nearest = (ids: string[]): string | null => ids.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
  if (step === 'upstream') return nearest(graph.edges.flatMap((edge) => (edge.to === from ? [edge.from] : [])))
  if (step === 'downstream') return nearest(graph.edges.flatMap((edge) => (edge.from === from ? [edge.to] : [])))
  return nearest(
    [...positions].flatMap(([id, { x, y }]) =>
      x === here.x && (step === 'above' ? y < here.y : y > here.y) ? [id] : [],
    ),
  )
}

/** The nodes whose name, or that of a relation in them, has the text; in the order they stand in, column by column. */
export function findNodes(text: string, graph: DrawnGraph, positions: ReadonlyMap<string, Position>): string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const at = (id: string): Position => positions.get(id) ?? { x: 0, y: 0 }
  return graph.nodes
    .filter(({ members }) => members.some(({ qualifiedName }) => qualifiedName.toLowerCase().includes(wanted)))
    .map(({ id }) => id)
    .toSorted((a, b) => at(a).x - at(b).x || at(a).y - at(b).y)
}

import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import { wayPath } from './flow-way.tsx'
import { wayKey } from './layout.ts'
import { sizeOf } from './node-size.ts'
import classes from './lineage.module.css'
import type { DrawnEdge } from './drawn-graph.ts'
import type { GraphState } from './use-graph-state.ts'

type Look = 'plain' | 'key' | 'lit'

/** All edges as three paths: from afar nobody clicks on one, and thousands of elements would make each step of a zoom jerk. */
export function FarEdges({ state: { graph, positions, ways, trace, current } }: { state: GraphState }) {
  const paths = useMemo(() => {
    const ends = new Map(
      graph.nodes.map((node) => {
        const { x, y } = positions.get(node.id) ?? { x: 0, y: 0 }
        const { width, height } = sizeOf(node)
        return [node.id, { in: { x, y: y + height / 2 }, out: { x: x + width, y: y + height / 2 } }]
      }),
    )
    const lookOf = ({ from, to, parts }: DrawnEdge): Look => {
      const onTrace = trace !== null && parts.some((part) => trace.assets.has(part.from) && trace.assets.has(part.to))
      if (onTrace || from === current || to === current) return 'lit'
      return parts.every(({ evidence }) => evidence === 'foreign_key') ? 'key' : 'plain'
    }
    const drawn: Record<Look, string> = { plain: '', key: '', lit: '' }
    for (const edge of graph.edges) {
      const [from, to] = [ends.get(edge.from)?.out, ends.get(edge.to)?.in]
      if (from !== undefined && to !== undefined) drawn[lookOf(edge)] += wayPath(from, ways.get(wayKey(edge)) ?? [], to)
    }
    return drawn
  }, [graph, positions, ways, trace, current])
  return (
    <ViewportPortal>
      <svg className={classes.farEdges} aria-hidden>
        {(['plain', 'key', 'lit'] as const).map((look) => (
          <path key={look} data-look={look} d={paths[look]} />
        ))}
      </svg>
    </ViewportPortal>
  )
}

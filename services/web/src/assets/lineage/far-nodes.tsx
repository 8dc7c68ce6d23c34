import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import { sizeOf } from './node-size.ts'
import classes from './lineage.module.css'
import type { GraphState } from './use-graph-state.ts'

type Look = 'plain' | 'root' | 'lit'
const looks = ['plain', 'root', 'lit'] as const

/** Where no name can be read, all nodes as three paths: a thousand elements cost most of what a step of a pan or a zoom takes. */
export function FarNodes({
  state: { graph, positions, trace, current },
  rootId,
}: {
  state: GraphState
  rootId: string
}) {
  const paths = useMemo(() => {
    const drawn: Record<Look, string> = { plain: '', root: '', lit: '' }
    for (const node of graph.nodes) {
      const { x, y } = positions.get(node.id) ?? { x: 0, y: 0 }
      const { width, height } = sizeOf(node)
      const isLit = node.id === current || (trace !== null && node.members.some(({ id }) => trace.assets.has(id)))
      const look: Look = isLit ? 'lit' : node.members.some(({ id }) => id === rootId) ? 'root' : 'plain'
      drawn[look] += `M${x},${y}h${width}v${height}h${-width}z`
    }
    return drawn
  }, [graph, positions, trace, current, rootId])
  return (
    <ViewportPortal>
      <svg className={classes.farNodes} aria-hidden>
        {looks.map((look) => (
          <path key={look} data-look={look} d={paths[look]} />
        ))}
      </svg>
    </ViewportPortal>
  )
}

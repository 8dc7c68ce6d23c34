import '@xyflow/react/dist/style.css'
import { useComputedColorScheme } from '@mantine/core'
import { Background, Controls, MiniMap, Panel, ReactFlow } from '@xyflow/react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { AssetNodeView, TraceContext } from './asset-node.tsx'
import { EdgeEvidence } from './edge-evidence.tsx'
import { flowElements } from './flow-elements.ts'
import { pointKey, traceColumn, type ColumnPoint } from './trace-column.ts'
import classes from './lineage.module.css'
import type { Lineage } from '@plumbline/api'

const nodeTypes = { asset: AssetNodeView }
/** From here on an overview helps to find one's way. */
const overviewFrom = 60

interface LineageGraphProps {
  lineage: Lineage
  rootId: string
  columns: boolean
}

export function LineageGraph({ lineage, rootId, columns }: LineageGraphProps) {
  const colorMode = useComputedColorScheme('light')
  const navigate = useNavigate()
  const [followed, setFollowed] = useState<ColumnPoint | null>(null)
  const [edgeIndex, setEdgeIndex] = useState<number | null>(null)
  const traced = useMemo(
    () => (followed === null || !columns ? null : traceColumn(lineage, followed)),
    [lineage, followed, columns],
  )
  const { nodes, edges } = useMemo(
    () => flowElements(lineage, { rootId, columns, traced }),
    [lineage, rootId, columns, traced],
  )
  const follow = (point: ColumnPoint): void => {
    setFollowed((before) => (before !== null && pointKey(before) === pointKey(point) ? null : point))
  }
  const shownEdge = edgeIndex === null ? undefined : lineage.edges[edgeIndex]
  const open = (assetId: string): void => {
    void navigate({
      to: '/assets/$assetId',
      params: { assetId },
      search: (before) => ({ ...before, tab: 'lineage' }),
    })
  }
  return (
    <div className={classes.canvas} role="group" aria-label="Lineage graph; the same is listed below it">
      <TraceContext value={follow}>
        <ReactFlow
          key={`${rootId}:${columns}:${nodes.length}`}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          colorMode={colorMode}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.12 }}
          minZoom={0.05}
          nodesDraggable={false}
          nodesConnectable={false}
          deleteKeyCode={null}
          proOptions={{ hideAttribution: true }}
          onNodeClick={(_, node) => open(node.id)}
          onEdgeClick={(_, edge) => setEdgeIndex(edge.data?.index ?? null)}
          onPaneClick={() => {
            setFollowed(null)
            setEdgeIndex(null)
          }}
        >
          <Background />
          <Controls showInteractive={false} />
          {nodes.length >= overviewFrom && <MiniMap pannable zoomable />}
          {shownEdge !== undefined && (
            <Panel position="top-right">
              <EdgeEvidence edge={shownEdge} nodes={lineage.nodes} onClose={() => setEdgeIndex(null)} />
            </Panel>
          )}
        </ReactFlow>
      </TraceContext>
    </div>
  )
}

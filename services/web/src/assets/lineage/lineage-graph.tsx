import '@xyflow/react/dist/style.css'
import { useComputedColorScheme } from '@mantine/core'
import { Background, Controls, MiniMap, Panel, ReactFlow, ReactFlowProvider, useStore } from '@xyflow/react'
import { AssetNodeView, farZoom, NodeActionsContext } from './asset-node.tsx'
import { EdgeEvidence } from './edge-evidence.tsx'
import { FarEdges } from './far-edges.tsx'
import { FarNodes } from './far-nodes.tsx'
import { FlowWay } from './flow-way.tsx'
import { FollowedColumn } from './followed-column.tsx'
import { GraphSearch } from './graph-search.tsx'
import { useGraphKeys } from './use-graph-keys.ts'
import { useGraphState, type GraphState } from './use-graph-state.ts'
import { useGraphView } from './use-graph-view.ts'
import classes from './lineage.module.css'
import type { FlowEdge } from './flow-elements.ts'
import type { Lineage } from '@plumbline/api'

const nodeTypes = { asset: AssetNodeView }
const edgeTypes = { way: FlowWay }
/** From afar they are drawn as one. */
const noEdges: FlowEdge[] = []
/** From here on an overview helps to find one's way. */
const overviewFrom = 60
/** Below this zoom no name can be read, and nodes are drawn without. */
const overviewZoom = 0.15
export const smallestZoom = 0.02

interface LineageGraphProps {
  lineage: Lineage
  rootId: string
  columns: boolean
  /** The schemas that are drawn as one node each. */
  collapsed: ReadonlySet<string>
  onCollapsed: (collapsed: ReadonlySet<string>) => void
}

/** The graph with its search, its keys, and what is known of the edge that was clicked. */
export function LineageGraph(props: LineageGraphProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas(props: LineageGraphProps) {
  const { rootId } = props
  const colorMode = useComputedColorScheme('light')
  const far = useStore(({ transform }) => transform[2] < farZoom)
  const overview = useStore(({ transform }) => transform[2] < overviewZoom)
  const state = useGraphState({ ...props, far })
  const view = useGraphView(state, rootId)
  const onKeyDown = useGraphKeys(state, view, rootId)
  const { graph, current } = state
  return (
    <div
      className={classes.canvas}
      // The arrows move along the edges, as in a tree; what is chosen is told below.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="application"
      aria-label="Lineage graph: arrows move along the flow, Enter opens, / searches. The list has the same content"
      data-tracing={state.trace !== null || undefined}
      data-overview={overview || undefined}
      onKeyDown={onKeyDown}
    >
      <NodeActionsContext value={state.actions}>
        <ReactFlow
          nodes={state.nodes}
          edges={far ? noEdges : state.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={colorMode}
          defaultViewport={view.first}
          onInit={view.begin}
          minZoom={smallestZoom}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          proOptions={{ hideAttribution: true }}
          onNodeClick={(_, node) => state.setCurrent(node.id)}
          onEdgeClick={(_, edge) => state.setEdgeId(edge.data?.drawn.id ?? null)}
          onPaneClick={state.clear}
        >
          <Background />
          {far && <FarEdges state={state} />}
          {overview && <FarNodes state={state} rootId={rootId} />}
          <Controls showInteractive={false} />
          {graph.nodes.length >= overviewFrom && <MiniMap pannable zoomable />}
          <Panel position="top-left">
            <GraphSearch state={state} onJump={view.jumpTo} />
          </Panel>
          <Panel position="top-right">
            {state.shownEdge !== undefined && (
              <EdgeEvidence key={state.shownEdge.id} edge={state.shownEdge} onClose={() => state.setEdgeId(null)} />
            )}
            <FollowedColumn state={state} />
          </Panel>
        </ReactFlow>
      </NodeActionsContext>
      <Told graph={graph} current={current} />
    </div>
  )
}

/** Says to those who do not see it which node was moved to. */
function Told({ graph, current }: Pick<GraphState, 'graph' | 'current'>) {
  const node = graph.nodes.find(({ id }) => id === current)
  const count = (end: 'from' | 'to'): number => graph.edges.filter((edge) => edge[end] === current).length
  return (
    <div className={classes.told} aria-live="polite">
      {node !== undefined &&
        `${node.label} in ${node.schema}: ${count('to')} flow into it, it flows into ${count('from')}`}
    </div>
  )
}

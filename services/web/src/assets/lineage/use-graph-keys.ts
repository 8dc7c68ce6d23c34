import { useNavigate } from '@tanstack/react-router'
import { useReactFlow } from '@xyflow/react'
import { stepFrom, type GraphStep } from './graph-steps.ts'
import type { GraphState } from './use-graph-state.ts'
import type { GraphView } from './use-graph-view.ts'
import type { KeyboardEvent } from 'react'

const steps: Partial<Record<string, GraphStep>> = {
  ArrowLeft: 'upstream',
  ArrowRight: 'downstream',
  ArrowUp: 'above',
  ArrowDown: 'below',
}

/** The keys of the graph while it has the focus; fields in it keep their own. */
export function useGraphKeys(state: GraphState, view: GraphView, rootId: string): (event: KeyboardEvent) => void {
  const navigate = useNavigate()
  const flow = useReactFlow()
  const { graph, positions, current } = state
  const move = (step: GraphStep): void => {
    const start = graph.nodes.find(({ members }) => members.some(({ id }) => id === rootId)) ?? graph.nodes[0]
    const next = current === null ? start?.id : stepFrom(current, step, graph, positions)
    if (next === undefined || next === null) return
    state.setCurrent(next)
    view.jumpTo(next)
  }
  const open = (): void => {
    const node = graph.nodes.find(({ id }) => id === current)
    const [asset] = node?.members ?? []
    if (node?.isSchema === true) state.actions.unfold(node)
    else if (asset !== undefined) {
      void navigate({
        to: '/assets/$assetId',
        params: { assetId: asset.id },
        search: (before) => ({ ...before, tab: 'lineage', column: undefined }),
      })
    }
  }
  const keys: Partial<Record<string, () => void>> = {
    Enter: open,
    Escape: state.clear,
    f: view.fitAll,
    '+': () => void flow.zoomIn(),
    '-': () => void flow.zoomOut(),
  }
  return (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[event.key]
    const act = step === undefined ? keys[event.key] : () => move(step)
    if (act === undefined) return
    event.preventDefault()
    act()
  }
}

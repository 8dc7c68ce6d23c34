import { Position, type Node } from '@xyflow/react'
import type { DrawnNode } from './drawn-graph.ts'

/** As the style sheet has them. */
export const nodeWidthPx = 220
const headerHeightPx = 46
const columnHeightPx = 20
const columnPaddingPx = 6

export function sizeOf({ columns, moreColumns }: DrawnNode): { width: number; height: number } {
  const rows = columns.length + (moreColumns > 0 ? 1 : 0)
  return {
    width: nodeWidthPx,
    height: headerHeightPx + (rows === 0 ? 0 : rows * columnHeightPx + columnPaddingPx),
  }
}

/**
 * Where edges end at a node and begin: at the middle of its sides, and at each column. Given to the graph library, so that it has
 * to draw no node only to measure it.
 */
export function handlesOf(node: DrawnNode): NonNullable<Node['handles']> {
  const { width, height } = sizeOf(node)
  const ends = (y: number, column?: string): NonNullable<Node['handles']> => [
    { ...(column !== undefined && { id: `in:${column}` }), type: 'target', position: Position.Left, x: 0, y, ...point },
    {
      ...(column !== undefined && { id: `out:${column}` }),
      type: 'source',
      position: Position.Right,
      x: width,
      y,
      ...point,
    },
  ]
  const rowOf = (index: number): number => headerHeightPx + (index + 0.5) * columnHeightPx
  return [...ends(height / 2), ...node.columns.flatMap((column, index) => ends(rowOf(index), column))]
}

const point = { width: 0, height: 0 }

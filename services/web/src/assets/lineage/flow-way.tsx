import { BaseEdge, getBezierPath, type EdgeProps } from '@xyflow/react'
import type { FlowEdge } from './flow-elements.ts'
import type { WayPoint } from './layout.ts'

/** An edge along the lanes that the layout gave it, or straight to its node where it passes none. */
export function FlowWay(props: EdgeProps<FlowEdge>) {
  const { sourceX, sourceY, targetX, targetY, data, markerEnd } = props
  const path =
    data?.way === undefined
      ? getBezierPath(props)[0]
      : wayPath({ x: sourceX, y: sourceY }, data.way, { x: targetX, y: targetY })
  return <BaseEdge path={path} interactionWidth={12} {...(markerEnd !== undefined && { markerEnd })} />
}

interface Point {
  x: number
  y: number
}

/** As the path of an SVG: curves between the layers, straight through them. */
export function wayPath(source: Point, way: readonly WayPoint[], target: Point): string {
  let path = `M${source.x},${source.y}`
  let at = source
  for (const lane of way) {
    path += `${curve(at, lane)}L${lane.x + lane.width},${lane.y}`
    at = { x: lane.x + lane.width, y: lane.y }
  }
  return path + curve(at, target)
}

function curve(from: Point, to: Point): string {
  const middle = (from.x + to.x) / 2
  return `C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`
}

export interface LayoutNode {
  id: string
  /** In px. */
  width: number
  height: number
}

export interface LayoutEdge {
  from: string
  to: string
}

/** Of the upper left corner, in px. */
export interface Position {
  x: number
  y: number
}

/** Where an edge passes a layer between its nodes, straight from the left side of it to the right. */
export interface WayPoint extends Position {
  width: number
}

export interface Layout {
  positions: Map<string, Position>
  /** Of edges that pass layers, by `wayKey`. */
  ways: Map<string, WayPoint[]>
}

export const wayKey = ({ from, to }: LayoutEdge): string => `${from}>${to}`

export const layerGapPx = 90
export const nodeGapPx = 18

/** What takes room in a layer: a node with the gap around it, or a lane. */
export interface Slot {
  id: string
  height: number
}

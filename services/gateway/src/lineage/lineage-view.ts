import type { ImpactItem, Lineage } from '@plumbline/api'
import type { ImpactItem as ImpactRecord, LineageGraph } from '@plumbline/store'
import { assetRef } from '../assets/asset-view.ts'

export const lineageView = ({ nodes, edges, truncatedBy }: LineageGraph): Lineage => ({
  nodes: nodes.map((node) => ({ ...node, removedAt: node.removedAt?.toISOString() ?? null })),
  edges: edges.map((edge) => ({
    ...edge,
    firstSeenAt: edge.firstSeenAt.toISOString(),
    lastSeenAt: edge.lastSeenAt.toISOString(),
  })),
  ...truncation(truncatedBy),
})

export const impactItemView = (item: ImpactRecord): ImpactItem => ({
  asset: { ...assetRef(item), kind: item.kind },
  distance: item.distance,
  use: item.use,
  columns: item.columns,
})

export const truncation = (truncatedBy: LineageGraph['truncatedBy']) => ({
  truncated: truncatedBy !== null,
  truncatedBy,
})

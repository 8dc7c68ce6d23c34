import type { LineageEdge, LineageNode } from '../drawn-graph.ts'
import type { Lineage } from '@plumbline/api'

/** A relation for tests, by `schema.name`. */
export function sampleNode(id: string, columns: string[] = []): LineageNode {
  const [schema = '', name = ''] = id.split('.')
  return {
    id,
    kind: 'table',
    name,
    qualifiedName: `shop.${id}`,
    connectionId: 'c',
    database: 'shop',
    schema,
    removedAt: null,
    columns,
    distance: 0,
    hidden: { upstream: 0, downstream: 0 },
  }
}

export const sampleEdge = (
  from: string,
  to: string,
  pairs: [string, string][] = [],
  more: Partial<LineageEdge> = {},
): LineageEdge => ({
  from,
  to,
  evidence: 'view',
  source: null,
  sql: null,
  columns: pairs.map(([source, target]) => ({ from: source, to: target })),
  indirect: [],
  certainty: 'resolved',
  confidence: 1,
  firstSeenAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: '2026-01-01T00:00:00.000Z',
  seenCount: 1,
  faded: false,
  ...more,
})

export const sampleLineage = (nodes: LineageNode[], edges: LineageEdge[]): Lineage => ({
  nodes,
  edges,
  truncated: false,
  truncatedBy: null,
})

import type { LineageEdge } from './lineage-layout.ts'

/** What an edge was read from. */
export const evidenceLabels: Record<LineageEdge['evidence'], string> = {
  view: 'View definition',
  query: 'Query history',
  foreign_key: 'Foreign key',
}

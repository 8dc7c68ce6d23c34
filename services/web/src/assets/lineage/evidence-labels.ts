import type { LineageEdge } from './lineage-layout.ts'

/** What an edge was read from. */
export const evidenceLabels: Record<LineageEdge['evidence'], string> = {
  view: 'View definition',
  query: 'Query history',
  function: 'Function or procedure',
  dbt: 'dbt model',
  openlineage: 'OpenLineage event',
  foreign_key: 'Foreign key',
}

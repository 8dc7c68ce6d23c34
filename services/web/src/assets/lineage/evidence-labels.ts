import type { LineageEdge } from './drawn-graph.ts'
import type { ImpactItem } from '@plumbline/api'

/** What an edge was read from. */
export const evidenceLabels: Record<LineageEdge['evidence'], string> = {
  view: 'View definition',
  query: 'Query history',
  function: 'Function or procedure',
  dbt: 'dbt model',
  openlineage: 'OpenLineage event',
  foreign_key: 'Foreign key',
}

/** How an asset depends on another. */
export const dependenceLabels: Record<ImpactItem['use'], string> = {
  direct: 'Values',
  indirect: 'Rows only',
  unknown: 'Columns unknown',
}

/** How sure an edge is; nothing where the source itself says so. */
export function certaintyText({ certainty, confidence }: Pick<LineageEdge, 'certainty' | 'confidence'>): string | null {
  if (certainty === 'resolved' && confidence === 1) return null
  const word = { resolved: 'named', inferred: 'the only one it can be', ambiguous: 'one of several' }[certainty]
  return `${word}, ${Math.round(confidence * 100)} % sure`
}

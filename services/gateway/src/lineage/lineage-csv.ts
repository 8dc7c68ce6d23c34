import type { LineageEdgeRecord, LineageGraph } from '@plumbline/store'
import { csvLine, type CsvCell } from '../http/csv-line.ts'

const header = [
  'from',
  'from_column',
  'to',
  'to_column',
  'use',
  'evidence',
  'source',
  'certainty',
  'confidence',
  'first_seen_at',
  'last_seen_at',
  'seen_count',
  'faded',
]

/** One line a pair of columns and a column that decides rows (`indirect`); one a pair of relations where no column is known. */
export function* lineageCsv({ nodes, edges }: LineageGraph): Generator<string> {
  yield csvLine(header)
  const names = new Map(nodes.map((node) => [node.id, node.qualifiedName]))
  for (const edge of edges) {
    const line = (from: string | null, to: string | null, use: string): string =>
      csvLine([names.get(edge.from) ?? edge.from, from, names.get(edge.to) ?? edge.to, to, use, ...evidenceOf(edge)])
    for (const pair of edge.columns) yield line(pair.from, pair.to, useOf(edge, 'direct'))
    for (const column of edge.indirect) yield line(column, null, 'indirect')
    if (edge.columns.length === 0 && edge.indirect.length === 0) yield line(null, null, useOf(edge, 'unknown'))
  }
}

/** A foreign key is a relationship and no flow. */
const useOf = ({ evidence }: LineageEdgeRecord, flow: string): string =>
  evidence === 'foreign_key' ? 'relationship' : flow

const evidenceOf = (edge: LineageEdgeRecord): CsvCell[] => [
  edge.evidence,
  edge.source,
  edge.certainty,
  edge.confidence,
  edge.firstSeenAt.toISOString(),
  edge.lastSeenAt.toISOString(),
  edge.seenCount,
  String(edge.faded),
]

import type { LineageFormat } from '@plumbline/api'
import { datasetName } from '@plumbline/connectors/dataset-name'
import { connectionsById, type Database, type LineageGraph } from '@plumbline/store'
import { lineageCsv } from './lineage-csv.ts'
import { lineageMermaid } from './lineage-mermaid.ts'
import { openLineageEvents } from './lineage-openlineage.ts'

/** A graph as text, in pieces. */
export async function exportLineage(
  db: Database,
  organizationId: string,
  graph: LineageGraph,
  format: LineageFormat,
): Promise<Generator<string>> {
  if (format === 'csv') return lineageCsv(graph)
  if (format === 'mermaid') return lineageMermaid(graph)
  const connections = await connectionsById(db, organizationId, [
    ...new Set(graph.nodes.map((node) => node.connectionId)),
  ])
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const nameOf = (id: string) => {
    const node = nodes.get(id)
    const connection = node && connections.get(node.connectionId)
    return node && connection && datasetName(connection, node)
  }
  return openLineageEvents(graph, nameOf, new Date())
}

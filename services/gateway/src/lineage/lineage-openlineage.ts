import {
  columnLineageFacet,
  openLineageProducer,
  openLineageSchemas,
  schemaFacet,
  type DatasetName,
} from '@plumbline/analysis'
import type { LineageEdgeRecord, LineageGraph } from '@plumbline/store'

/**
 * Events by OpenLineage, one a line: of each relation a dataset event with its columns and their lineage, and of each that is fed
 * from others without known columns a job event, which alone can say so. Foreign keys are no lineage and left out.
 * @param nameOf undefined of a relation whose connection is gone
 */
export function* openLineageEvents(
  { nodes, edges }: LineageGraph,
  nameOf: (nodeId: string) => DatasetName | undefined,
  now: Date,
): Generator<string> {
  const base = { eventTime: now.toISOString(), producer: openLineageProducer }
  const into = Map.groupBy(
    edges.filter(({ evidence }) => evidence !== 'foreign_key'),
    ({ to }) => to,
  )
  for (const node of nodes) {
    const dataset = nameOf(node.id)
    if (dataset === undefined) continue
    const incoming = into.get(node.id) ?? []
    const lineage = columnLineageFacet(incoming, nameOf)
    const facets = {
      schema: schemaFacet(node.columns.map((name) => ({ name }))),
      ...(lineage && { columnLineage: lineage }),
    }
    yield `${JSON.stringify({ ...base, schemaURL: openLineageSchemas.dataset, dataset: { ...dataset, facets } })}\n`
    const inputs = withoutColumns(incoming, nameOf)
    if (inputs.length > 0) {
      const job = { namespace: 'plumbline', name: node.qualifiedName }
      yield `${JSON.stringify({ ...base, schemaURL: openLineageSchemas.job, job, inputs, outputs: [dataset] })}\n`
    }
  }
}

function withoutColumns(
  incoming: readonly LineageEdgeRecord[],
  nameOf: (id: string) => DatasetName | undefined,
): DatasetName[] {
  const sources = incoming.filter(({ columns, indirect }) => columns.length === 0 && indirect.length === 0)
  return [...new Set(sources.map(({ from }) => from))].flatMap((id) => nameOf(id) ?? [])
}

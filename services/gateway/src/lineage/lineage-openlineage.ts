import type { LineageEdgeRecord, LineageGraph } from '@plumbline/store'

const producer = 'urn:plumbline'
const spec = 'https://openlineage.io/spec'
const datasetEvent = `${spec}/2-0-2/OpenLineage.json#/$defs/DatasetEvent`
const jobEvent = `${spec}/2-0-2/OpenLineage.json#/$defs/JobEvent`
const schemaFacet = `${spec}/facets/1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet`
const columnFacet = `${spec}/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet`

/** How OpenLineage names a relation: its connection is the namespace. */
export interface DatasetName {
  namespace: string
  name: string
}

interface InputField extends DatasetName {
  field: string
  transformations: { type: 'DIRECT' | 'INDIRECT' }[]
}

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
  const base = { eventTime: now.toISOString(), producer }
  const into = Map.groupBy(
    edges.filter(({ evidence }) => evidence !== 'foreign_key'),
    ({ to }) => to,
  )
  for (const node of nodes) {
    const dataset = nameOf(node.id)
    if (dataset === undefined) continue
    const incoming = into.get(node.id) ?? []
    const facets = {
      schema: { _producer: producer, _schemaURL: schemaFacet, fields: node.columns.map((name) => ({ name })) },
      ...columnLineage(incoming, nameOf),
    }
    yield `${JSON.stringify({ ...base, schemaURL: datasetEvent, dataset: { ...dataset, facets } })}\n`
    const inputs = withoutColumns(incoming, nameOf)
    if (inputs.length > 0) {
      const job = { namespace: 'plumbline', name: node.qualifiedName }
      yield `${JSON.stringify({ ...base, schemaURL: jobEvent, job, inputs, outputs: [dataset] })}\n`
    }
  }
}

function columnLineage(incoming: readonly LineageEdgeRecord[], nameOf: (id: string) => DatasetName | undefined) {
  const fields = new Map<string, Map<string, InputField>>()
  const dataset = new Map<string, InputField>()
  for (const edge of incoming) {
    const source = nameOf(edge.from)
    if (source === undefined) continue
    for (const pair of edge.columns) {
      const inputs = fields.get(pair.to) ?? new Map<string, InputField>()
      const input = { ...source, field: pair.from, transformations: [{ type: 'DIRECT' as const }] }
      fields.set(pair.to, inputs.set(`${edge.from}\n${pair.from}`, input))
    }
    for (const field of edge.indirect) {
      dataset.set(`${edge.from}\n${field}`, { ...source, field, transformations: [{ type: 'INDIRECT' }] })
    }
  }
  if (fields.size === 0 && dataset.size === 0) return {}
  return {
    columnLineage: {
      _producer: producer,
      _schemaURL: columnFacet,
      fields: Object.fromEntries([...fields].map(([to, inputs]) => [to, { inputFields: [...inputs.values()] }])),
      ...(dataset.size > 0 && { dataset: [...dataset.values()] }),
    },
  }
}

function withoutColumns(
  incoming: readonly LineageEdgeRecord[],
  nameOf: (id: string) => DatasetName | undefined,
): DatasetName[] {
  const sources = incoming.filter(({ columns, indirect }) => columns.length === 0 && indirect.length === 0)
  return [...new Set(sources.map(({ from }) => from))].flatMap((id) => nameOf(id) ?? [])
}

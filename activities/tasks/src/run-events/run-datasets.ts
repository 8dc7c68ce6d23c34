import {
  columnLineageFacet,
  facetHeads,
  qualityMetrics,
  schemaFacet,
  type DatasetName,
  type RunDataset,
} from '@plumbline/analysis'
import { datasetName } from '@plumbline/connectors/dataset-name'
import {
  capturedMetrics,
  checkedUpdates,
  connectionsById,
  discoveredRelations,
  extractedEdges,
  relationOfJob,
  type Database,
  type ToldEdge,
  type ToldRelation,
  type UnsentRunEvent,
} from '@plumbline/store'

interface RunDatasets {
  inputs: RunDataset[]
  outputs: RunDataset[]
}

type NameOf = (relation: ToldRelation) => DatasetName | undefined

/** What a run looked at, and what it found of it: that only when it is complete. */
export async function runDatasets(db: Database, event: UnsentRunEvent): Promise<RunDatasets> {
  const found = event.type === 'COMPLETE' ? await findings(db, event) : undefined
  if (found && found.inputs.length + found.outputs.length > 0) return found
  const relation = await relationOfJob(db, { jobId: event.job.id, connectionId: event.connectionId })
  const nameOf = await namesOf(db, event.organizationId, relation ? [relation] : [])
  return { inputs: relation ? datasets([{ relation }], nameOf) : [], outputs: [] }
}

async function findings(db: Database, event: UnsentRunEvent): Promise<RunDatasets | undefined> {
  const of = { jobId: event.job.id, connectionId: event.connectionId }
  const named = (found: readonly { relation: ToldRelation }[]) =>
    namesOf(
      db,
      event.organizationId,
      found.map(({ relation }) => relation),
    )
  switch (event.job.type) {
    case 'schema_discovery': {
      const found = (await discoveredRelations(db, of)).map((relation) => ({ relation }))
      return { inputs: datasets(found, await named(found)), outputs: [] }
    }
    case 'metric_capture': {
      const found = await capturedMetrics(db, of)
      const inputs = datasets(found, await named(found), ({ values }) => ({
        inputFacets: { dataQualityMetrics: { ...facetHeads.dataQualityMetrics, ...qualityMetrics(values) } },
      }))
      return { inputs, outputs: [] }
    }
    case 'freshness_check': {
      const found = await checkedUpdates(db, of)
      const inputs = datasets(found, await named(found), ({ relation, updatedAt }) => ({
        facets: {
          schema: schemaFacet(relation.columns),
          dataQualityMetrics: { ...facetHeads.lastUpdate, lastUpdated: updatedAt.toISOString(), columnMetrics: {} },
        },
      }))
      return { inputs, outputs: [] }
    }
    case 'lineage_extraction':
      return edgesAsDatasets(db, event.organizationId, await extractedEdges(db, of))
    case 'intelligence_analysis':
    case 'tag_generation':
      return undefined
  }
}

async function edgesAsDatasets(db: Database, organizationId: string, edges: ToldEdge[]): Promise<RunDatasets> {
  const relations = new Map(edges.flatMap(({ from, to }) => [from, to]).map((one) => [one.id, one]))
  const nameOf = await namesOf(db, organizationId, [...relations.values()])
  const nameOfId = (id: string) => {
    const relation = relations.get(id)
    return relation && nameOf(relation)
  }
  const each = (ids: ReadonlySet<string>) =>
    [...relations.values()].filter(({ id }) => ids.has(id)).map((relation) => ({ relation }))
  const outputs = datasets(each(new Set(edges.map(({ to }) => to.id))), nameOf, ({ relation }) => {
    const incoming = edges.filter(({ to }) => to.id === relation.id).map((edge) => ({ ...edge, from: edge.from.id }))
    const columnLineage = columnLineageFacet(incoming, nameOfId)
    return { facets: { schema: schemaFacet(relation.columns), ...(columnLineage && { columnLineage }) } }
  })
  return { inputs: datasets(each(new Set(edges.map(({ from }) => from.id))), nameOf), outputs }
}

async function namesOf(db: Database, organizationId: string, relations: readonly ToldRelation[]): Promise<NameOf> {
  const ids = [...new Set(relations.map(({ connectionId }) => connectionId))]
  const connections = await connectionsById(db, organizationId, ids)
  return (relation) => {
    const connection = connections.get(relation.connectionId)
    return connection && datasetName(connection, relation)
  }
}

/** Each relation with its name, its columns and what else is known of it; those whose connection is gone have no name. */
function datasets<T extends { relation: ToldRelation }>(
  found: readonly T[],
  nameOf: NameOf,
  more: (one: T) => Omit<RunDataset, keyof DatasetName> = () => ({}),
): RunDataset[] {
  return found.flatMap((one) => {
    const name = nameOf(one.relation)
    return name ? [{ ...name, facets: { schema: schemaFacet(one.relation.columns) }, ...more(one) }] : []
  })
}

/** Who says so, in every event and facet. */
export const openLineageProducer = 'urn:plumbline'

const spec = 'https://openlineage.io/spec'
const event = (kind: string): string => `${spec}/2-0-2/OpenLineage.json#/$defs/${kind}`
const facet = (version: string, name: string) => ({
  _producer: openLineageProducer,
  _schemaURL: `${spec}/facets/${version}/${name}.json#/$defs/${name}`,
})

/** The schemas of events, by the specification that they follow. */
export const openLineageSchemas = {
  run: event('RunEvent'),
  job: event('JobEvent'),
  dataset: event('DatasetEvent'),
}

/** What each facet begins with. */
export const facetHeads = {
  schema: facet('1-1-1', 'SchemaDatasetFacet'),
  columnLineage: facet('1-2-0', 'ColumnLineageDatasetFacet'),
  dataQualityMetrics: facet('1-0-2', 'DataQualityMetricsInputDatasetFacet'),
  lastUpdate: facet('1-0-0', 'DataQualityMetricsDatasetFacet'),
  parent: facet('1-1-0', 'ParentRunFacet'),
  errorMessage: facet('1-0-1', 'ErrorMessageRunFacet'),
  jobType: facet('2-0-3', 'JobTypeJobFacet'),
}

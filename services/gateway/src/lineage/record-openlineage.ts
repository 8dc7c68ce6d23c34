import type { OpenLineageAnswer, OpenLineageEvent, OpenLineageField } from '@plumbline/api'
import { recordReportedRun, type Database, type ReportedEdge } from '@plumbline/store'
import { confidenceOf, defaultFadeDays } from '@plumbline/workflows'
import { matchDatasets, type Dataset, type MatchedDataset } from './match-datasets.ts'

type Match = (dataset: Dataset) => MatchedDataset | undefined
type Output = OpenLineageEvent['outputs'][number]

/**
 * Takes an event of a run into the lineage: each output from each input, columns by the column lineage facet. What cannot be matched
 * is told in the answer. A run that failed or was aborted moved nothing for sure.
 */
export async function recordOpenLineage(
  db: Database,
  organizationId: string,
  event: OpenLineageEvent,
): Promise<OpenLineageAnswer> {
  const failed = event.eventType === 'FAIL' || event.eventType === 'ABORT'
  const match = await matchDatasets(db, organizationId, datasetsOf(event))
  const unmatched = unmatchedIn(event, match)
  if (failed) return { edges: 0, columns: 0, unmatched, message: 'A run that failed or was aborted adds no lineage' }
  const byConnection = Map.groupBy(
    event.outputs.flatMap((output) => edgesInto(output, event, match)),
    (one) => one.connectionId,
  )
  let [edges, columns] = [0, 0]
  for (const [connectionId, found] of byConnection) {
    await recordReportedRun(db, {
      organizationId,
      connectionId,
      job: `${event.job.namespace}/${event.job.name}`,
      runId: event.run.runId,
      at: new Date(event.eventTime),
      sql: event.job.facets?.sql?.query ?? '',
      edges: distinct(found.map(({ edge }) => edge)),
      confidence: confidenceOf('openlineage', 'resolved'),
      fadeDays: defaultFadeDays,
    })
    edges += found.length
    columns += found.reduce((sum, { edge }) => sum + edge.columns.length, 0)
  }
  return { edges, columns, unmatched, message: messageOf(edges, unmatched.length) }
}

const messageOf = (edges: number, unmatched: number): string =>
  unmatched === 0
    ? `${edges} edges recorded`
    : `${edges} edges recorded; ${unmatched} datasets or fields are in no connection`

const fieldsOf = ({ facets }: Output): { to: string | null; field: OpenLineageField }[] => {
  const { fields = {}, dataset = [] } = facets?.columnLineage ?? {}
  const values = Object.entries(fields).flatMap(([to, { inputFields }]) => inputFields.map((field) => ({ to, field })))
  return [...values, ...dataset.map((field) => ({ to: null, field }))]
}

/** Also those that only the column lineage names. */
const datasetsOf = ({ inputs, outputs }: OpenLineageEvent): Dataset[] => [
  ...inputs,
  ...outputs,
  ...outputs.flatMap((output) => fieldsOf(output).map(({ field }) => field)),
]

function edgesInto(
  output: Output,
  event: OpenLineageEvent,
  match: Match,
): { connectionId: string; edge: ReportedEdge }[] {
  const target = match(output)
  if (!target) return []
  const fields = fieldsOf(output)
  const bySource = Map.groupBy(fields, ({ field }) => match(field)?.assetId)
  const sources = new Map<string, MatchedDataset>()
  for (const dataset of [...event.inputs, ...fields.map(({ field }) => field)]) {
    const source = match(dataset)
    if (source && source.assetId !== target.assetId) sources.set(source.assetId, source)
  }
  return [...sources.values()].map((source) => {
    const own = (bySource.get(source.assetId) ?? []).filter(({ field }) => source.columns.includes(field.field))
    const columns = own.flatMap(({ to, field }) =>
      to !== null && target.columns.includes(to) && !onlyDecides(field) ? [{ from: field.field, to }] : [],
    )
    const flowing = new Set(columns.map(({ from }) => from))
    const indirect = [...new Set(own.map(({ field }) => field.field))].filter((name) => !flowing.has(name))
    return { connectionId: target.connectionId, edge: { from: source.assetId, to: target.assetId, columns, indirect } }
  })
}

/** Version 1-1-0 of the facet says how a field takes part; before it every one flows. */
const onlyDecides = ({ transformations }: OpenLineageField): boolean =>
  transformations !== undefined &&
  transformations.length > 0 &&
  transformations.every(({ type }) => type === 'INDIRECT')

/** An output that is listed twice. */
const distinct = (edges: readonly ReportedEdge[]): ReportedEdge[] => [
  ...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values(),
]

function unmatchedIn(event: OpenLineageEvent, match: Match): OpenLineageAnswer['unmatched'] {
  const missing = new Map<string, OpenLineageAnswer['unmatched'][number]>()
  const miss = ({ namespace, name }: Dataset, field: string | null) =>
    missing.set(JSON.stringify([namespace, name, field]), { namespace, name, field })
  for (const dataset of datasetsOf(event)) if (!match(dataset)) miss(dataset, null)
  for (const output of event.outputs) {
    const target = match(output)
    const written = Object.keys(output.facets?.columnLineage?.fields ?? {})
    for (const field of target ? written : []) if (!target?.columns.includes(field)) miss(output, field)
    for (const { field } of fieldsOf(output)) {
      const source = match(field)
      if (source && !source.columns.includes(field.field)) miss(field, field.field)
    }
  }
  return [...missing.values()]
}

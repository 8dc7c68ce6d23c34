import type { OpenLineageAnswer, OpenLineageEvent } from '@plumbline/api'
import { recordReportedRun, type Database } from '@plumbline/store'
import { confidenceOf, defaultFadeDays } from '@plumbline/workflows'
import { invalidField } from '../http/problem.ts'
import { datasetKey, matchDatasets, type Dataset, type MatchedDataset } from './match-datasets.ts'
import { reportedEdges, reportedFields } from './reported-edges.ts'

type Match = (dataset: Dataset) => MatchedDataset | undefined

/** As many as inputs and outputs may be there: each is looked up. */
const mostDatasets = 2_000

/**
 * Takes an event of a run into the lineage: each output from each input, columns by the column lineage facet. What cannot be matched
 * is told in the answer. A run that failed or was aborted moved nothing for sure.
 *
 * @throws ProblemError 422 where it names more datasets, or tells more edges, than are taken at once
 */
export async function recordOpenLineage(
  db: Database,
  organizationId: string,
  event: OpenLineageEvent,
): Promise<OpenLineageAnswer> {
  const failed = event.eventType === 'FAIL' || event.eventType === 'ABORT'
  const datasets = datasetsOf(event)
  const match = await matchDatasets(db, organizationId, datasets)
  const unmatched = unmatchedIn(event, datasets, match)
  if (failed) return { edges: 0, columns: 0, unmatched, message: 'A run that failed or was aborted adds no lineage' }
  const found = reportedEdges(event, match)
  for (const [connectionId, edges] of Map.groupBy(found, (one) => one.connectionId)) {
    await recordReportedRun(db, {
      organizationId,
      connectionId,
      job: `${event.job.namespace}/${event.job.name}`,
      runId: event.run.runId,
      at: new Date(event.eventTime),
      sql: event.job.facets?.sql?.query ?? '',
      edges: edges.map(({ edge }) => edge),
      confidence: confidenceOf('openlineage', 'resolved'),
      fadeDays: defaultFadeDays,
    })
  }
  const columns = found.reduce((sum, { edge }) => sum + edge.columns.length, 0)
  return { edges: found.length, columns, unmatched, message: messageOf(found.length, unmatched.length) }
}

const messageOf = (edges: number, unmatched: number): string =>
  unmatched === 0
    ? `${edges} edges recorded`
    : `${edges} edges recorded; ${unmatched} datasets or fields are in no connection`

/** Each once; also those that only the column lineage names. */
function datasetsOf({ inputs, outputs }: OpenLineageEvent): Dataset[] {
  const named = [
    ...inputs,
    ...outputs,
    ...outputs.flatMap((output) => reportedFields(output).map(({ field }) => field)),
  ]
  const datasets = [...new Map(named.map((dataset) => [datasetKey(dataset), dataset])).values()]
  if (datasets.length <= mostDatasets) return datasets
  throw invalidField(
    'outputs',
    `may name ${mostDatasets} datasets in one event, with inputs and column lineage; send several of the same run, they add up`,
  )
}

function unmatchedIn(
  event: OpenLineageEvent,
  datasets: readonly Dataset[],
  match: Match,
): OpenLineageAnswer['unmatched'] {
  const missing = new Map<string, OpenLineageAnswer['unmatched'][number]>()
  const miss = ({ namespace, name }: Dataset, field: string | null) =>
    missing.set(JSON.stringify([namespace, name, field]), { namespace, name, field })
  for (const dataset of datasets) if (!match(dataset)) miss(dataset, null)
  for (const output of event.outputs) {
    const target = match(output)
    const written = Object.keys(output.facets?.columnLineage?.fields ?? {})
    for (const field of target ? written : []) if (!target?.columns.has(field)) miss(output, field)
    for (const { field } of reportedFields(output)) {
      const source = match(field)
      if (source && !source.columns.has(field.field)) miss(field, field.field)
    }
  }
  return [...missing.values()]
}

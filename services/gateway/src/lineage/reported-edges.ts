import type { OpenLineageEvent, OpenLineageField } from '@plumbline/api'
import type { ReportedEdge } from '@plumbline/store'
import { invalidField } from '../http/problem.ts'
import type { Dataset, MatchedDataset } from './match-datasets.ts'

type Match = (dataset: Dataset) => MatchedDataset | undefined
type Output = OpenLineageEvent['outputs'][number]

/** Every input goes to every output: a few kilobytes can tell of a million pairs. Ten thousand are written in about a second. */
const mostEdges = 10_000

/** An edge, and the connection of the table that it fills. */
export interface EdgeOfConnection {
  connectionId: string
  edge: ReportedEdge
}

/**
 * What a run moved: from each input to each output, with the columns that the column lineage facet tells. Also what only the facet names
 * is an input. Of an output that is listed twice the last one counts.
 *
 * @throws ProblemError 422 of more than 10,000 edges
 */
export function reportedEdges(event: OpenLineageEvent, match: Match): EdgeOfConnection[] {
  const inputs = relationsOf(event.inputs, match)
  const edges = new Map<string, EdgeOfConnection>()
  let told = 0
  for (const output of event.outputs) {
    const into = edgesInto(output, inputs, match)
    told += into.length
    if (told > mostEdges) {
      throw invalidField(
        'outputs',
        `may have ${mostEdges} pairs of an input and an output in one event; send several of the same run, they add up`,
      )
    }
    for (const one of into) edges.set(`${one.edge.from} ${one.edge.to}`, one)
  }
  return [...edges.values()]
}

/** What the column lineage of an output tells; `to` is null where a field of an input only decides rows. */
export function reportedFields({ facets }: Output): { to: string | null; field: OpenLineageField }[] {
  const { fields = {}, dataset = [] } = facets?.columnLineage ?? {}
  const values = Object.entries(fields).flatMap(([to, { inputFields }]) => inputFields.map((field) => ({ to, field })))
  return [...values, ...dataset.map((field) => ({ to: null, field }))]
}

const relationsOf = (datasets: readonly Dataset[], match: Match): Map<string, MatchedDataset> =>
  new Map(datasets.flatMap((dataset) => match(dataset) ?? []).map((relation) => [relation.assetId, relation]))

function edgesInto(output: Output, inputs: ReadonlyMap<string, MatchedDataset>, match: Match): EdgeOfConnection[] {
  const target = match(output)
  if (!target) return []
  const fields = reportedFields(output).flatMap(({ to, field }) => {
    const source = match(field)
    return source ? [{ to, field, source }] : []
  })
  const bySource = Map.groupBy(fields, ({ source }) => source.assetId)
  const sources = new Map([
    ...inputs,
    ...fields.map(({ source }): [string, MatchedDataset] => [source.assetId, source]),
  ])
  sources.delete(target.assetId)
  return [...sources.values()].map((source) => {
    const own = (bySource.get(source.assetId) ?? []).filter(({ field }) => source.columns.has(field.field))
    const columns = own.flatMap(({ to, field }) =>
      to !== null && target.columns.has(to) && !onlyDecides(field) ? [{ from: field.field, to }] : [],
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

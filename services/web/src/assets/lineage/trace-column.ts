import type { Lineage } from '@plumbline/api'

/** One column of one asset; without a column, its rows as a whole. */
export interface ColumnPoint {
  assetId: string
  column: string | null
}

export const pointKey = ({ assetId, column }: ColumnPoint): string => `${assetId}\n${column ?? ''}`

/** What a column is followed to, as `pointKey`s: where its values come from or go to, and where it only decides rows. */
export interface Trace {
  direct: ReadonlySet<string>
  indirect: ReadonlySet<string>
  assets: ReadonlySet<string>
}

/**
 * Follows a column through what is drawn, itself included. Values are followed over all hops; what only decides rows is told
 * where the values pass, and not followed on. Circles end by themselves.
 */
export function traceColumn(lineage: Pick<Lineage, 'edges'>, start: ColumnPoint): Trace {
  const pairs = lineage.edges.flatMap((edge) =>
    edge.columns.map((pair) => ({
      from: pointKey({ assetId: edge.from, column: pair.from }),
      to: pointKey({ assetId: edge.to, column: pair.to }),
    })),
  )
  const upstream = reach(
    pointKey(start),
    Map.groupBy(pairs, ({ to }) => to),
    ({ from }) => from,
  )
  const downstream = reach(
    pointKey(start),
    Map.groupBy(pairs, ({ from }) => from),
    ({ to }) => to,
  )
  const indirect = new Set([...decidingRows(lineage, assetsOf(upstream)), ...decidedRows(lineage, downstream)])
  const direct = new Set([...upstream, ...downstream])
  return { direct, indirect, assets: assetsOf(new Set([...direct, ...indirect])) }
}

function reach<Step>(start: string, stepsAt: ReadonlyMap<string, Step[]>, other: (step: Step) => string): Set<string> {
  const seen = new Set([start])
  for (const point of seen) for (const step of stepsAt.get(point) ?? []) seen.add(other(step))
  return seen
}

/** The columns that decide which rows come into the assets. */
const decidingRows = ({ edges }: Pick<Lineage, 'edges'>, assets: ReadonlySet<string>): string[] =>
  edges
    .filter(({ to }) => assets.has(to))
    .flatMap(({ from, indirect }) => indirect.map((column) => pointKey({ assetId: from, column })))

/** The assets whose rows one of the columns decides. */
const decidedRows = ({ edges }: Pick<Lineage, 'edges'>, points: ReadonlySet<string>): string[] =>
  edges
    .filter(({ from, indirect }) => indirect.some((column) => points.has(pointKey({ assetId: from, column }))))
    .map(({ to }) => pointKey({ assetId: to, column: null }))

const assetsOf = (points: ReadonlySet<string>): Set<string> =>
  new Set([...points].map((point) => point.slice(0, point.indexOf('\n'))))

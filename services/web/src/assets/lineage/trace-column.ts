import type { Lineage } from '@plumbline/api'

/** One column of one asset. */
export interface ColumnPoint {
  assetId: string
  column: string
}

export const pointKey = ({ assetId, column }: ColumnPoint): string => `${assetId}\n${column}`

/** Every column that a column's values come from or go to, itself among them, as `pointKey`s. Cycles end by themselves. */
export function traceColumn(lineage: Lineage, start: ColumnPoint): Set<string> {
  const steps = lineage.edges.flatMap((edge) =>
    edge.columns.map((pair) => ({
      from: pointKey({ assetId: edge.from, column: pair.from }),
      to: pointKey({ assetId: edge.to, column: pair.to }),
    })),
  )
  const upstream = reach(
    pointKey(start),
    Map.groupBy(steps, ({ to }) => to),
    ({ from }) => from,
  )
  const downstream = reach(
    pointKey(start),
    Map.groupBy(steps, ({ from }) => from),
    ({ to }) => to,
  )
  return new Set([...upstream, ...downstream])
}

function reach<Step>(start: string, stepsAt: Map<string, Step[]>, other: (step: Step) => string): Set<string> {
  const seen = new Set([start])
  for (const point of seen) for (const step of stepsAt.get(point) ?? []) seen.add(other(step))
  return seen
}

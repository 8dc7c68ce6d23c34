import type { ColumnPoints } from './column-points.ts'
import type { LineageSide } from './lineage-walk.ts'
import type { LineageEdgeRecord } from './read-lineage.ts'

/** What of the edges a trace went along: pairs and deciding columns that it did not come to are left out. */
export function tracedEdges(
  edges: readonly LineageEdgeRecord[],
  traces: readonly { side: LineageSide; points: ColumnPoints }[],
): LineageEdgeRecord[] {
  return edges.flatMap((edge) => {
    if (edge.columns.length === 0 && edge.indirect.length === 0) {
      return traces.some((trace) => leadsOn(edge, trace)) ? [edge] : []
    }
    const columns = edge.columns.filter((pair) =>
      traces.some(
        ({ points }) => points.useOf(edge.from, pair.from) === 'direct' && points.useOf(edge.to, pair.to) === 'direct',
      ),
    )
    const indirect = edge.indirect.filter((column) => traces.some((trace) => decides(edge, column, trace)))
    return columns.length === 0 && indirect.length === 0 ? [] : [{ ...edge, columns, indirect }]
  })
}

/** Of an edge without columns: a value stood before it, and the other end is where the trace ended for that. */
function leadsOn({ from, to }: LineageEdgeRecord, { side, points }: { side: LineageSide; points: ColumnPoints }) {
  const [near, far] = side === 'upstream' ? [to, from] : [from, to]
  return points.directColumns(near).length > 0 && points.useOf(far, null) !== undefined
}

function decides(
  { from, to }: LineageEdgeRecord,
  column: string,
  { side, points }: { side: LineageSide; points: ColumnPoints },
): boolean {
  if (side === 'upstream') return points.useOf(from, column) !== undefined && points.directColumns(to).length > 0
  return points.useOf(from, column) === 'direct' && points.useOf(to, null) !== undefined
}

import type { AssetKind, LineageEvidence } from '@plumbline/workflows'
import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { traceColumns, type Traced } from './column-trace.ts'
import { walkLineage, type LineageSide, type LineageTruncation } from './lineage-walk.ts'
import {
  hiddenNeighbours,
  readEdges,
  readNodes,
  type HiddenNeighbours,
  type LineageEdgeRecord,
  type LineageNode,
} from './read-lineage.ts'
import { tracedEdges } from './traced-edges.ts'

export interface LineageGraph {
  nodes: (LineageNode & { distance: number; hidden: HiddenNeighbours })[]
  edges: LineageEdgeRecord[]
  truncatedBy: LineageTruncation
}

export interface LineageRequest {
  direction: LineageSide | 'both'
  /** How many edges away from the start at most. */
  depth: number
  evidence: readonly LineageEvidence[]
  maxNodes: number
  withColumns: boolean
  withSql: boolean
}

/** Of one answer; a graph of so many is read by nobody, and a page still holds it. */
const maxEdges = 20_000
const nothingHidden = { upstream: 0, downstream: 0 }

/** The flow around an asset. Of a database or schema, around all the relations in it, those with lineage first. */
export async function lineageAround(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  request: LineageRequest,
): Promise<LineageGraph> {
  if (!isUuid(asset.id)) return { nodes: [], edges: [], truncatedBy: null }
  const all = await startingPoints(db, organizationId, asset, request.maxNodes)
  const walked = await walkLineage(db, all.slice(0, request.maxNodes), {
    ...request,
    organizationId,
    sides: sidesOf(request.direction),
  })
  const ids = [...walked.distance.keys()]
  const [nodes, edges, hidden] = await Promise.all([
    readNodes(db, ids, request.withColumns),
    readEdges(db, ids, { ...request, organizationId, limit: maxEdges + 1 }),
    hiddenNeighbours(db, ids, { organizationId, evidence: request.evidence }),
  ])
  return {
    nodes: nodes.map((node) => ({
      ...node,
      distance: walked.distance.get(node.id) ?? 0,
      hidden: hidden.get(node.id) ?? nothingHidden,
    })),
    edges: edges.slice(0, maxEdges),
    truncatedBy: all.length > request.maxNodes ? 'nodes' : edges.length > maxEdges ? 'edges' : walked.truncatedBy,
  }
}

/**
 * Where the values of one column come from and go to, over all hops; with where they decide rows on the way. Nodes have the
 * columns that take part, edges what leads from one of them to another.
 */
export async function lineageOfColumn(
  db: Database,
  organizationId: string,
  start: { assetId: string; column: string },
  request: Omit<LineageRequest, 'withColumns'>,
): Promise<LineageGraph> {
  const traces = await Promise.all(
    sidesOf(request.direction).map(async (side) => ({
      side,
      ...(await traceColumns(db, [{ ...start, use: 'direct' }], {
        ...request,
        organizationId,
        side,
        followIndirect: false,
      })),
    })),
  )
  const ids = [...new Set(traces.flatMap(({ distance }) => [...distance.keys()]))]
  const [nodes, edges] = await Promise.all([
    readNodes(db, ids, true),
    readEdges(db, ids, { ...request, organizationId, withColumns: true, limit: maxEdges + 1 }),
  ])
  return {
    nodes: nodes.map((node) => ({
      ...node,
      columns: node.columns.filter((column) => traces.some(({ points }) => points.useOf(node.id, column))),
      distance: nearest(traces, node.id),
      hidden: nothingHidden,
    })),
    edges: tracedEdges(edges.slice(0, maxEdges), traces),
    truncatedBy: edges.length > maxEdges ? 'edges' : (traces.find((one) => one.truncatedBy)?.truncatedBy ?? null),
  }
}

function nearest(traces: readonly (Traced & { side: LineageSide })[], id: string): number {
  const distances = traces.flatMap(({ side, distance }) => {
    const steps = distance.get(id)
    return steps === undefined ? [] : [side === 'upstream' ? -steps : steps]
  })
  return distances.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? 0
}

const sidesOf = (direction: LineageRequest['direction']): LineageSide[] =>
  direction === 'both' ? ['upstream', 'downstream'] : [direction]

/** One more than there is room for tells that there are more. */
export async function startingPoints(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  maxNodes: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from asset a
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and a.fingerprint is not null and (a.removed_at is null or a.id = ${asset.id}::uuid)
    order by exists (select from lineage_edge e where e.to_asset_id = a.id)
      or exists (select from lineage_edge e where e.from_asset_id = a.id) desc, a.qualified_name, a.id
    limit ${maxNodes + 1}`.execute(db)
  return rows.map((row) => row.id)
}

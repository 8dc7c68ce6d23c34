import type { AssetKind, LineageEvidence, RelationKind } from '@plumbline/workflows'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { ColumnPoint, ColumnUse } from './column-points.ts'
import { traceColumns } from './column-trace.ts'
import { startingPoints } from './lineage-around.ts'
import { walkLineage, type LineageTruncation } from './lineage-walk.ts'
import { readNodes, type LineageNode } from './read-lineage.ts'

export interface ImpactItem extends Omit<LineageNode, 'columns' | 'kind'> {
  kind: RelationKind
  /** Edges from the asset to this one at least. */
  distance: number
  /** Values come to it; only its rows depend on it; or nobody knows which. */
  use: ColumnUse
  /** Those that its values come to. */
  columns: string[]
}

export interface Impact {
  /** The nearest first, then by qualified name. */
  items: ImpactItem[]
  truncatedBy: LineageTruncation
}

export interface ImpactRequest {
  /** Only what depends on this column of it. */
  column?: string | undefined
  depth: number
  evidence: readonly LineageEvidence[]
}

/** What a change of one asset is judged by; more is a migration. */
const maxAffected = 10_000

/**
 * Everything downstream of an asset. Of a relation column by column: `direct` where values of it come to a column, `indirect` where
 * it only decides rows, also over many hops. Of a database or schema, what lies outside of it, without columns.
 */
export async function lineageImpact(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  request: ImpactRequest,
): Promise<Impact> {
  if (!isUuid(asset.id)) return { items: [], truncatedBy: null }
  const start = await startingPoints(db, organizationId, asset, maxAffected)
  const scope = { ...request, organizationId, maxNodes: maxAffected + start.length }
  if (asset.kind === 'database' || asset.kind === 'schema') {
    const { distance, truncatedBy } = await walkLineage(db, start, { ...scope, sides: ['downstream'] })
    const items = await itemsOf(db, distance, () => ({ use: 'unknown', columns: [] }))
    return { items, truncatedBy }
  }
  const from = await changedPoints(db, asset.id, request.column)
  const traced = await traceColumns(db, from, { ...scope, side: 'downstream', followIndirect: true })
  const items = await itemsOf(db, traced.distance, (id) => ({
    use: traced.points.bestUse(id),
    columns: traced.points.directColumns(id).toSorted((a, b) => a.localeCompare(b, 'en')),
  }))
  return { items, truncatedBy: traced.truncatedBy }
}

/** One column, or all of them and the rows as a whole. */
async function changedPoints(db: Database, assetId: string, column: string | undefined): Promise<ColumnPoint[]> {
  if (column !== undefined) return [{ assetId, column, use: 'direct' }]
  const [node] = await readNodes(db, [assetId], true)
  return [...(node?.columns ?? []), null].map((one) => ({ assetId, column: one, use: 'direct' }))
}

async function itemsOf(
  db: Database,
  distance: ReadonlyMap<string, number>,
  affected: (id: string) => Pick<ImpactItem, 'use' | 'columns'>,
): Promise<ImpactItem[]> {
  const ids = [...distance].flatMap(([id, steps]) => (steps > 0 ? [id] : []))
  const nodes = await readNodes(db, ids, false)
  return nodes
    .map((node) => ({ ...node, distance: distance.get(node.id) ?? 0, ...affected(node.id) }))
    .toSorted((a, b) => a.distance - b.distance || order(a.qualifiedName, b.qualifiedName) || order(a.id, b.id))
}

/** By code units, as whoever reads page by page compares again. */
const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

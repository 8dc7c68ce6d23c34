import type { AssetKind, LineageEvidence, RelationKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { scopeColumn } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { ColumnPair } from './lineage-table.ts'

export interface LineageNode {
  id: string
  kind: RelationKind
  name: string
  qualifiedName: string
  connectionId: string
  database: string
  removedAt: Date | null
  /** All its columns, in order. */
  columns: string[]
}

export interface LineageEdgeRecord {
  from: string
  to: string
  evidence: LineageEvidence
  /** The view definition, the key or the statement that the edge was read from. */
  sql: string | null
  columns: ColumnPair[]
  lastSeenAt: Date
}

export interface LineageGraph {
  nodes: LineageNode[]
  edges: LineageEdgeRecord[]
  /** There are more than the nodes shown. */
  truncated: boolean
}

export interface LineageRequest {
  direction: 'upstream' | 'downstream' | 'both'
  /** How many edges away from the start at most. */
  depth: number
  evidence: readonly LineageEvidence[]
}

/** More than a person can look at; the farthest are left out. */
const maxNodes = 500

/**
 * The flow around an asset. Of a database or schema, around all the relations in it.
 *
 * Walks level by level from the start instead of in one recursive statement: each node is entered once, so cycles end by
 * themselves, and the walk stops as soon as there is more than is shown.
 */
export async function lineageAround(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  request: LineageRequest,
): Promise<LineageGraph> {
  if (!isUuid(asset.id)) return { nodes: [], edges: [], truncated: false }
  const all = await startingPoints(db, organizationId, asset)
  const start = all.slice(0, maxNodes)
  const found = new Set(start)
  let truncated = all.length > start.length
  for (const direction of ['upstream', 'downstream'] as const) {
    if (request.direction !== 'both' && request.direction !== direction) continue
    truncated = (await walk(db, start, found, { ...request, direction })) || truncated
  }
  const ids = [...found]
  const [nodes, edges] = await Promise.all([readNodes(db, ids), readEdges(db, ids, request.evidence)])
  return { nodes, edges, truncated }
}

async function startingPoints(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
): Promise<string[]> {
  const rows = await db
    .selectFrom('asset')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where(scopeColumn(asset.kind), '=', asset.id)
    .where('fingerprint', 'is not', null)
    .where((eb) => eb.or([eb('removed_at', 'is', null), eb('id', '=', asset.id)]))
    .orderBy('qualified_name')
    .limit(maxNodes + 1)
    .execute()
  return rows.map((row) => row.id)
}

/** Adds to `found` what is reached. @returns true when there was no room for all of it */
async function walk(
  db: Database,
  start: string[],
  found: Set<string>,
  request: LineageRequest & { direction: 'upstream' | 'downstream' },
): Promise<boolean> {
  const seen = new Set(start)
  let frontier = start
  for (let level = 0; level < request.depth && frontier.length > 0; level++) {
    frontier = await neighbours(db, frontier, [...seen], request)
    for (const id of frontier) {
      seen.add(id)
      if (found.size < maxNodes) found.add(id)
      else if (!found.has(id)) return true
    }
  }
  return false
}

async function neighbours(
  db: Database,
  frontier: string[],
  seen: string[],
  request: LineageRequest & { direction: 'upstream' | 'downstream' },
): Promise<string[]> {
  const [near, far] =
    request.direction === 'upstream' ? ['to_asset_id', 'from_asset_id'] : ['from_asset_id', 'to_asset_id']
  const { rows } = await sql<{ id: string }>`
    select distinct a.id, a.qualified_name
    from lineage_edge e join asset a on a.id = ${sql.ref(`e.${far}`)} and a.removed_at is null
      and a.id <> all(${seen}::uuid[])
    where ${sql.ref(`e.${near}`)} = any(${frontier}::uuid[]) and e.evidence = any(${[...request.evidence]}::text[])
    order by a.qualified_name
    limit ${maxNodes + 1}`.execute(db)
  return rows.map((row) => row.id)
}

async function readNodes(db: Database, ids: string[]): Promise<LineageNode[]> {
  const { rows } = await sql<LineageNode>`
    select a.id, a.kind, a.name, a.qualified_name as "qualifiedName", a.connection_id as "connectionId",
      d.name as database, a.removed_at as "removedAt",
      coalesce(jsonb_path_query_array(a.document, '$.columns[*].name'), '[]') as columns
    from asset a join asset d on d.id = a.database_id
    where a.id = any(${ids}::uuid[])
    order by a.qualified_name, a.id`.execute(db)
  return rows
}

async function readEdges(
  db: Database,
  ids: string[],
  evidence: readonly LineageEvidence[],
): Promise<LineageEdgeRecord[]> {
  const { rows } = await sql<LineageEdgeRecord>`
    select e.from_asset_id as "from", e.to_asset_id as "to", e.evidence,
      coalesce(e.sql, nullif(s.text, ''), case when e.evidence = 'view' then target.document ->> 'definition' end) as sql,
      e.columns, e.last_seen_at as "lastSeenAt"
    from lineage_edge e join asset target on target.id = e.to_asset_id
    left join lineage_statement s on s.id = e.statement_id
    where e.from_asset_id = any(${ids}::uuid[]) and e.to_asset_id = any(${ids}::uuid[])
      and e.evidence = any(${[...evidence]}::text[])
    order by target.qualified_name, e.from_asset_id, e.evidence, e.statement_id`.execute(db)
  return rows
}

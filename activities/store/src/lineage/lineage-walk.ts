import type { LineageEvidence } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

export type LineageSide = 'upstream' | 'downstream'

/** The columns of an edge `e` for where a walk to that side stands, and for where the edge leads it. */
export const edgeEnds = (side: LineageSide) =>
  side === 'upstream'
    ? { near: sql.ref('e.to_asset_id'), far: sql.ref('e.from_asset_id') }
    : { near: sql.ref('e.from_asset_id'), far: sql.ref('e.to_asset_id') }

/** Why there is more than the answer holds; null when there is not. */
export type LineageTruncation = 'nodes' | 'columns' | 'edges' | 'time' | null

export interface WalkRequest {
  organizationId: string
  sides: readonly LineageSide[]
  /** How many edges away from the start at most. */
  depth: number
  evidence: readonly LineageEvidence[]
  maxNodes: number
}

/** No walk takes a further step after this, however much it may take. */
export const walkForMs = 5_000

export interface Walked {
  /** Edges from the start to each asset reached, 0 of the start itself; upstream ones are negative. */
  distance: Map<string, number>
  truncatedBy: LineageTruncation
}

/**
 * Walks from the start level by level, upstream and downstream in turns, instead of in one recursive statement: each asset is
 * entered once, so circles end by themselves, what is near comes first, and the walk stops as soon as there is no more room.
 */
export async function walkLineage(db: Database, start: readonly string[], request: WalkRequest): Promise<Walked> {
  const distance = new Map(start.map((id) => [id, 0]))
  const sides = request.sides.map((side) => ({ side, seen: new Set(start), frontier: [...start] }))
  const stopAt = performance.now() + walkForMs
  for (let level = 1; level <= request.depth; level++) {
    for (const walk of sides) {
      if (walk.frontier.length === 0) continue
      if (performance.now() > stopAt) return { distance, truncatedBy: 'time' }
      // Each level needs the one before.
      // oxlint-disable-next-line no-await-in-loop
      const reached = (await neighbours(db, walk, request)).filter((id) => !walk.seen.has(id))
      walk.frontier = []
      for (const id of reached) {
        if (!distance.has(id)) {
          if (distance.size >= request.maxNodes) return { distance, truncatedBy: 'nodes' }
          distance.set(id, walk.side === 'upstream' ? -level : level)
        }
        walk.seen.add(id)
        walk.frontier.push(id)
      }
    }
  }
  return { distance, truncatedBy: null }
}

async function neighbours(
  db: Database,
  { side, seen, frontier }: { side: LineageSide; seen: ReadonlySet<string>; frontier: readonly string[] },
  request: WalkRequest,
): Promise<string[]> {
  const { near, far } = edgeEnds(side)
  const { rows } = await sql<{ id: string }>`
    select a.id
    from asset a
    where a.removed_at is null and a.id in (
      select ${far} from lineage_edge e
      where e.organization_id = ${request.organizationId}::uuid and ${near} = any(${[...frontier]}::uuid[])
        and e.evidence = any(${[...request.evidence]}::text[]))
    order by a.qualified_name, a.id
    limit ${request.maxNodes + seen.size + 1}`.execute(db)
  return rows.map((row) => row.id)
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { ColumnPoints, rankOf, useOfRank, type ColumnPoint } from './column-points.ts'
import { edgeEnds, walkForMs, type LineageSide, type LineageTruncation, type WalkRequest } from './lineage-walk.ts'

export interface TraceRequest extends Omit<WalkRequest, 'sides'> {
  side: LineageSide
  /** Goes on also from where a column only decides rows: all that depends on it in any way. */
  followIndirect: boolean
}

export interface Traced {
  points: ColumnPoints
  /** Edges from the start to each asset reached, 0 of the start itself. */
  distance: Map<string, number>
  truncatedBy: LineageTruncation
}

/** Points are held in memory while the trace goes on. */
const maxPoints = 100_000

/**
 * Follows columns from edge to edge, level by level: where their values come from or go to, where they decide rows, and where an
 * edge is known without its columns. A point is left again only when it is come to in a surer way, so circles end.
 */
export async function traceColumns(
  db: Database,
  start: readonly ColumnPoint[],
  request: TraceRequest,
): Promise<Traced> {
  const points = new ColumnPoints()
  const distance = new Map(start.map(({ assetId }) => [assetId, 0]))
  for (const point of start) points.add(point)
  const stopAt = performance.now() + walkForMs
  let frontier = [...start]
  for (let level = 1; level <= request.depth && frontier.length > 0; level++) {
    if (performance.now() > stopAt) return { points, distance, truncatedBy: 'time' }
    // Each level needs the one before.
    // oxlint-disable-next-line no-await-in-loop
    const reached = await nextPoints(db, frontier, request)
    frontier = []
    for (const point of reached) {
      if (!distance.has(point.assetId)) {
        if (distance.size >= request.maxNodes) return { points, distance, truncatedBy: 'nodes' }
        distance.set(point.assetId, level)
      }
      if (points.add(point) && (request.followIndirect || point.use === 'direct')) frontier.push(point)
      if (points.size >= maxPoints) return { points, distance, truncatedBy: 'columns' }
    }
  }
  return { points, distance, truncatedBy: null }
}

/** By name, so that the same comes first each time where there is not room for all. */
async function nextPoints(
  db: Database,
  frontier: readonly ColumnPoint[],
  { side, organizationId, evidence }: TraceRequest,
): Promise<ColumnPoint[]> {
  const { near, far } = edgeEnds(side)
  const assetIds = frontier.map(({ assetId }) => assetId)
  const { rows } = await sql<{ assetId: string; column: string | null; rank: number }>`
    with point as materialized (
      select * from unnest(${assetIds}::uuid[], ${frontier.map(({ column }) => column)}::text[],
        ${frontier.map(({ use }) => rankOf(use))}::int[]) as p(asset_id, name, rank)
    ), edge as materialized (
      select ${near} as near, ${far} as far, a.qualified_name, e.columns, e.indirect,
        e.columns = '[]' and e.indirect = '[]' as opaque
      from lineage_edge e join asset a on a.id = ${far} and a.removed_at is null
      where e.organization_id = ${organizationId}::uuid and ${near} = any(${[...new Set(assetIds)]}::uuid[])
        and e.evidence = any(${[...evidence]}::text[])
    ), reached as (${reachedBy(side)}
      union all
      select e.far, e.qualified_name, null, 0 from edge e
      where e.opaque and e.near in (select asset_id from point)
    )
    select far as "assetId", name as column, max(rank) as rank from reached
    group by far, qualified_name, name order by qualified_name, far, name`.execute(db)
  return rows.map(({ assetId, column, rank }) => ({ assetId, column, use: useOfRank(rank) }))
}

/**
 * Downstream, a column that decides rows, and rows that are decided, reach all rows of the next asset. Upstream, the columns
 * that decided rows lie behind each column of them.
 */
const reachedBy = (side: LineageSide) =>
  side === 'downstream'
    ? sql`
      select e.far, e.qualified_name, pair."to" as name, p.rank
      from edge e cross join lateral jsonb_to_recordset(e.columns) as pair("from" text, "to" text)
      join point p on p.asset_id = e.near and p.name = pair."from"
      union all
      select e.far, e.qualified_name, null, least(p.rank, 1)
      from edge e cross join lateral jsonb_array_elements_text(e.indirect) as decides(name)
      join point p on p.asset_id = e.near and p.name = decides.name
      union all
      select e.far, e.qualified_name, null, least(p.rank, 1) from edge e join point p on p.asset_id = e.near and p.name is null
      where not e.opaque`
    : sql`
      select e.far, e.qualified_name, pair."from" as name, p.rank
      from edge e cross join lateral jsonb_to_recordset(e.columns) as pair("from" text, "to" text)
      join point p on p.asset_id = e.near and p.name = pair."to"
      union all
      select e.far, e.qualified_name, decides.name, least(p.rank, 1)
      from edge e cross join lateral jsonb_array_elements_text(e.indirect) as decides(name)
      join (select asset_id, max(rank) as rank from point where name is not null group by asset_id) p
        on p.asset_id = e.near`

import type { LineageCertainty, LineageEvidence, RelationKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { ColumnPair } from './lineage-table.ts'
import { edgeEnds, type LineageSide } from './lineage-walk.ts'

export interface LineageNode {
  id: string
  kind: RelationKind
  name: string
  qualifiedName: string
  connectionId: string
  database: string
  schema: string | null
  removedAt: Date | null
  /** All its columns, in order, where they were asked for. */
  columns: string[]
}

export interface LineageEdgeRecord {
  from: string
  to: string
  evidence: LineageEvidence
  /** Of the function, dbt model or OpenLineage job that it was read from. */
  source: string | null
  /** The view definition, the key or the statement that the edge was read from, where it was asked for. */
  sql: string | null
  columns: ColumnPair[]
  /** Columns of `from` that decide which rows come (filter, join, group) and give no value. */
  indirect: string[]
  certainty: LineageCertainty
  confidence: number
  firstSeenAt: Date
  lastSeenAt: Date
  seenCount: number
  /** It was not seen again for so long that it may be gone. */
  faded: boolean
}

export interface EdgeRequest {
  organizationId: string
  evidence: readonly LineageEvidence[]
  withSql: boolean
  withColumns: boolean
  limit: number
}

/** By qualified name. */
export async function readNodes(db: Database, ids: readonly string[], withColumns: boolean): Promise<LineageNode[]> {
  const columns = withColumns
    ? sql`coalesce(jsonb_path_query_array(a.document, '$.columns[*].name'), '[]')`
    : sql`'[]'::jsonb`
  const { rows } = await sql<LineageNode>`
    select a.id, a.kind, a.name, a.qualified_name as "qualifiedName", a.connection_id as "connectionId",
      d.name as database, s.name as schema, a.removed_at as "removedAt", ${columns} as columns
    from asset a join asset d on d.id = a.database_id left join asset s on s.id = a.schema_id
    where a.id = any(${[...ids]}::uuid[])
    order by a.qualified_name, a.id`.execute(db)
  return rows
}

/** Those between the assets. */
export async function readEdges(
  db: Database,
  ids: readonly string[],
  { organizationId, evidence, withSql, withColumns, limit }: EdgeRequest,
): Promise<LineageEdgeRecord[]> {
  const text = withSql
    ? sql`coalesce(e.sql, nullif(s.text, ''), case when e.evidence = 'view' then target.document ->> 'definition' end)`
    : sql`null`
  const { rows } = await sql<LineageEdgeRecord>`
    select e.from_asset_id as "from", e.to_asset_id as "to", e.evidence, nullif(s.name, '') as source, ${text} as sql,
      ${withColumns ? sql`e.columns` : sql`'[]'::jsonb`} as columns,
      ${withColumns ? sql`e.indirect` : sql`'[]'::jsonb`} as indirect,
      e.certainty, e.confidence, e.first_seen_at as "firstSeenAt", e.last_seen_at as "lastSeenAt",
      e.seen_count as "seenCount", coalesce(e.fades_at < now(), false) as faded
    from lineage_edge e join asset target on target.id = e.to_asset_id
    left join lineage_statement s on s.id = e.statement_id
    where e.organization_id = ${organizationId}::uuid and e.from_asset_id = any(${[...ids]}::uuid[])
      and e.to_asset_id = any(${[...ids]}::uuid[]) and e.evidence = any(${[...evidence]}::text[])
    order by target.qualified_name, e.from_asset_id, e.evidence, e.statement_id
    limit ${limit}`.execute(db)
  return rows
}

/** How many neighbours of an asset are not among those that were read. */
export type HiddenNeighbours = Record<LineageSide, number>

/** Of the assets that have such neighbours. */
export async function hiddenNeighbours(
  db: Database,
  ids: readonly string[],
  { organizationId, evidence }: Pick<EdgeRequest, 'organizationId' | 'evidence'>,
): Promise<Map<string, HiddenNeighbours>> {
  const beyond = (side: LineageSide) => {
    const { near, far } = edgeEnds(side)
    return sql`
      select ${near} as id, ${side} as side, count(distinct ${far})::int as count
      from lineage_edge e join asset a on a.id = ${far} and a.removed_at is null
      where e.organization_id = ${organizationId}::uuid and ${near} = any(${[...ids]}::uuid[])
        and e.evidence = any(${[...evidence]}::text[]) and not exists (select from shown where shown.id = a.id)
      group by 1`
  }
  const { rows } = await sql<{ id: string; side: LineageSide; count: number }>`
    with shown as materialized (select unnest(${[...ids]}::uuid[]) as id)
    ${beyond('upstream')} union all ${beyond('downstream')}`.execute(db)
  const hidden = new Map<string, HiddenNeighbours>()
  for (const { id, side, count } of rows)
    hidden.set(id, { ...(hidden.get(id) ?? { upstream: 0, downstream: 0 }), [side]: count })
  return hidden
}

import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import { allowNestedLoops } from './bulk-transaction.ts'
import type { DiscoveryScope } from './match-catalog.ts'

/** A run that breaks more assets than that is a migration; what each of them breaks is asked of the lineage itself. */
const mostAssets = 1_000
/** Of a change, as the page lists them. */
const mostDownstream = 50
const maxDepth = 20

/**
 * Notes with each breaking change what lay downstream of its asset by the lineage known then: later the lineage is traced anew, and
 * what broke may be gone from it. Values of a changed column are followed column by column; an asset that only reads the table,
 * or uses the column in a condition, is listed without columns.
 */
export async function addImpact(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  const { rows } = await sql`
    select from schema_change c where c.job_id = ${jobId}::uuid and c.breaking and exists (
      select from lineage_edge e join asset a on a.id = e.from_asset_id where a.connection_id = ${connectionId}::uuid) limit 1`.execute(
    trx,
  )
  if (rows.length === 0) return
  // The graph is walked by its keys.
  await allowNestedLoops(trx)
  await sql`
    with recursive broken as materialized (
      select c.id, c.asset_id, case when c.kind = 'column_renamed' then c.before else c.column_name end as column_name
      from schema_change c
      where c.job_id = ${jobId}::uuid and c.breaking and c.asset_id in (
        select distinct asset_id from schema_change where job_id = ${jobId}::uuid and breaking limit ${mostAssets})
    ), reach (root, asset_id, depth) as (
      select distinct asset_id, asset_id, 0 from broken
      union
      select r.root, e.to_asset_id, r.depth + 1
      from reach r join lineage_edge e on e.from_asset_id = r.asset_id and e.evidence <> 'foreign_key'
      where r.depth < ${maxDepth} and e.to_asset_id <> r.root
    ), flow (root, root_column, asset_id, column_name) as (
      select distinct asset_id, column_name, asset_id, column_name from broken where column_name is not null
      union
      select f.root, f.root_column, e.to_asset_id, pair ->> 'to'
      from flow f
      join lineage_edge e on e.from_asset_id = f.asset_id and e.evidence <> 'foreign_key'
      cross join lateral jsonb_array_elements(e.columns) pair
      where pair ->> 'from' = f.column_name
    ), near as (
      select root, asset_id, min(depth) as depth from reach where depth > 0 group by root, asset_id
    ), listed as (
      select b.id, n.asset_id, coalesce(f.columns, '[]') as columns, count(*) over (partition by b.id) as total,
        row_number() over (partition by b.id order by f.columns is null, n.depth, a.qualified_name) as place
      from broken b
      join near n on n.root = b.asset_id
      join asset a on a.id = n.asset_id
      left join lateral (select jsonb_agg(distinct f.column_name order by f.column_name) as columns from flow f
        where f.root = b.asset_id and f.root_column = b.column_name and f.asset_id = n.asset_id) f on true
    ), impact as (
      select b.id, coalesce(max(l.total), 0) as total, coalesce(jsonb_agg(
        jsonb_build_object('assetId', l.asset_id, 'columns', l.columns) order by l.place)
        filter (where l.place <= ${mostDownstream}), '[]') as downstream
      from broken b left join listed l on l.id = b.id group by b.id
    )
    update schema_change c set downstream = i.downstream, downstream_total = i.total
    from impact i where c.id = i.id and c.job_id = ${jobId}::uuid`.execute(trx)
}

import type { RelationRef } from '../connector.ts'
import type { RelationSize } from '../measuring.ts'
import { relationId } from './catalog-rows.ts'
import type { PostgresLink } from './link.ts'
import { standingParameters, standingRelations } from './standing-relations.ts'

const statementTimeoutMs = 30_000

interface SizeRow {
  known: number
  bytes: string | null
  rows: number | null
  columns: string[]
  distinct: Record<string, number> | null
}

/** One statement on the catalog for any number of relations; those that are gone are missing. */
export async function relationSizes(link: PostgresLink, relations: readonly RelationRef[]): Promise<RelationSize[]> {
  const asked = standingParameters(relations)
  if (asked === null) return []
  await using _transaction = await link.begin(statementTimeoutMs)
  const rows = await link.query<SizeRow>(sizesQuery, asked)
  return rows.map(({ known, bytes, rows: counted, columns, distinct }) => ({
    externalId: relationId(known),
    bytes: bytes === null ? null : Number(bytes),
    rows: counted,
    columns,
    distinct: distinct ?? {},
  }))
}

/**
 * Rows as the planner estimates them: rows a page when it was last counted, times the pages there are now. A partitioned table
 * is the sum of its partitions, and unknown as long as one of them is. `n_distinct` is negative for a share of the rows. It is
 * as good as new while less than a tenth of the rows changed, which is when autovacuum counts again: each partition for itself, and
 * never the whole, so that a partition counted after the whole hides how much of it changed.
 */
const sizesQuery = `
with asked as materialized (${standingRelations}), part as (
  select asked.oid as relation, c.oid, c.relkind, c.reltuples, c.relpages,
    pg_relation_size(c.oid) as bytes
  from asked
  cross join lateral (
    select asked.oid as relid union select t.relid from pg_partition_tree(asked.oid) t
  ) tree
  join pg_class c on c.oid = tree.relid
), size as (
  select relation,
    sum(bytes) filter (where relkind in ('r', 'm')) as bytes,
    case when bool_and(relpages > 0 or bytes = 0) filter (where relkind in ('r', 'm')) then
      sum(case when relpages > 0 then reltuples::float8 / relpages * (bytes / current_setting('block_size')::int) else 0 end)
        filter (where relkind in ('r', 'm')) end as rows
  from part group by relation
)
select asked.known, size.bytes::text as bytes, round(size.rows) as rows, d.distinct,
  array(
    select a.attname::text from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'select')
    order by a.attnum
  ) as columns
from size
join asked on asked.oid = size.relation
join pg_class c on c.oid = size.relation
join pg_namespace n on n.oid = c.relnamespace
left join lateral (
  select sum(s.n_mod_since_analyze) as changed,
    max(greatest(s.last_analyze, s.last_autoanalyze)) filter (where s.relid = size.relation) as whole,
    max(s.last_autoanalyze) filter (where s.relid <> size.relation) as newest_part
  from part p join pg_stat_user_tables s on s.relid = p.oid where p.relation = size.relation
) activity on true
left join lateral (
  select jsonb_object_agg(s.attname, round(case when s.n_distinct < 0 then -s.n_distinct * size.rows else s.n_distinct end)) as distinct
  from pg_stats s
  where s.schemaname = n.nspname and s.tablename = c.relname and s.inherited = (c.relkind = 'p')
    and activity.changed <= 0.1 * size.rows
    and (c.relkind <> 'p' or activity.whole >= coalesce(activity.newest_part, '-infinity'))
) d on true
order by size.relation`

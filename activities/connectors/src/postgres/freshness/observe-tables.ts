import type { SourceMoment, StorageKind, TableCounters, TableObservation, TimeColumn } from '@plumbline/workflows'
import type { ObservedTables, RelationRef } from '../../connector.ts'
import { relationId } from '../catalog-rows.ts'
import type { PostgresLink } from '../link.ts'
import { standingParameters, standingRelations } from '../standing-relations.ts'

const statementTimeoutMs = 60_000

/**
 * What the catalog and the statistics tell of relations and of their partitions, however deep: two statements, whatever their
 * number, and no row of any table. Everybody may read all of it. What is there neither by its id nor by its name is left out.
 */
export async function observeTables(link: PostgresLink, relations: readonly RelationRef[]): Promise<ObservedTables> {
  await using _transaction = await link.begin(statementTimeoutMs)
  const [moment] = await link.query<MomentRow>(momentQuery)
  if (!moment) throw new Error('a select without a table gave no row')
  const asked = standingParameters(relations)
  const rows = asked === null ? [] : await link.query<ObservedRow>(observationQuery, asked)
  return { moment: momentOf(moment), tables: rows.map((row) => observationOf(row, moment)) }
}

interface MomentRow {
  now: Date
  standby: boolean
  counts: boolean
  commit_timestamps: boolean
  version: number
  timezone: string
  since: Date | null
}

/**
 * The counters of a standby are its own: they count what is read there, never what is written on the primary. The time zone is the one
 * that the role and the database begin with: that of this transaction is always UTC.
 */
const momentQuery = `
select now(), pg_is_in_recovery() as standby, current_setting('track_counts')::bool as counts,
  current_setting('track_commit_timestamp')::bool as commit_timestamps,
  current_setting('server_version_num')::int as version,
  (select reset_val from pg_settings where name = 'TimeZone') as timezone,
  pg_stat_get_db_stat_reset_time((select oid from pg_database where datname = current_database())) as since`

function momentOf({ now, standby, counts, commit_timestamps: commits, version, timezone }: MomentRow): SourceMoment {
  return {
    now: now.toISOString(),
    counts: counts && !standby,
    commitTimestamps: commits,
    // TID range scans came with 14: before, a condition on ctid reads the whole table.
    tailReads: version >= 140_000,
    timezone,
  }
}

/** Leading in an index, and in one that has nulls where most have them: null where the table has no index at all. */
type ObservedColumn = [
  name: string,
  type: keyof typeof columnTypes,
  indexed: boolean | null,
  usual: boolean | null,
  partitionKey: boolean,
]

/** By their numbers, which are the same in every server. */
const columnTypes = { 1082: 'date', 1114: 'timestamp', 1184: 'timestamptz' } as const

interface ObservedRow {
  relation: number
  /** By which it was asked for; null: it is a partition of one that was. */
  known: number | null
  schema: string
  name: string
  kind: 'r' | 'p' | 'v' | 'm' | 'f'
  parent: number | null
  storage: string
  rows: number
  pages: number
  inserted: string
  updated: string
  deleted: string
  live: string
  dead: string
  upkeep: string
  readable: boolean
  columns: ObservedColumn[] | null
}

/** The functions behind pg_stat_user_tables: the view itself would also count scans, and group by its indexes. */
export const observationQuery = `
with recursive standing as materialized (${standingRelations}), wanted as (
  select oid from standing
  union
  select i.inhrelid from wanted w
  join pg_inherits i on i.inhparent = w.oid
  join pg_class p on p.oid = i.inhrelid and p.relispartition
)
select c.oid as relation, s.known, n.nspname as schema, c.relname as name, c.relkind as kind,
  coalesce(above.known, i.inhparent) as parent,
  c.relfilenode::text as storage, c.reltuples::float8 as rows, c.relpages as pages,
  pg_stat_get_tuples_inserted(c.oid) as inserted, pg_stat_get_tuples_updated(c.oid) as updated,
  pg_stat_get_tuples_deleted(c.oid) as deleted, pg_stat_get_live_tuples(c.oid) as live,
  pg_stat_get_dead_tuples(c.oid) as dead,
  pg_stat_get_vacuum_count(c.oid) + pg_stat_get_autovacuum_count(c.oid)
    + pg_stat_get_analyze_count(c.oid) + pg_stat_get_autoanalyze_count(c.oid) as upkeep,
  coalesce(has_schema_privilege(c.relnamespace, 'usage') and has_table_privilege(c.oid, 'select'), false) as readable,
  t.columns
from wanted w
join pg_class c on c.oid = w.oid and c.relkind in ('r','p','v','m','f')
join pg_namespace n on n.oid = c.relnamespace
left join standing s on s.oid = c.oid
left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
left join standing above on above.oid = i.inhparent
left join lateral (
  select array_agg(x.indkey[0]) as leading, array_agg(x.indkey[0]) filter (where x.indoption[0] in (0, 3)) as usual
  from pg_index x join pg_class ic on ic.oid = x.indexrelid
  where x.indrelid = c.oid and x.indisvalid and x.indislive and x.indpred is null
    and ic.relam = (select oid from pg_am where amname = 'btree')
) ix on c.relkind in ('r','m')
left join lateral (
  select json_agg(json_build_array(a.attname, a.atttypid::int, a.attnum = any(ix.leading), a.attnum = any(ix.usual),
    c.relispartition and exists (
      select from pg_partition_ancestors(c.oid) up
      join pg_partitioned_table k on k.partrelid = up.relid and k.partstrat = 'r'
      join pg_attribute ka on ka.attrelid = k.partrelid and ka.attnum = k.partattrs[0]
      where ka.attname = a.attname)) order by a.attnum) as columns
  from pg_attribute a
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and a.atttypid in (${Object.keys(columnTypes).join(', ')})
) t on c.relkind in ('r','m')
order by c.oid`

const storageOf: Record<ObservedRow['kind'], StorageKind> = {
  r: 'table',
  p: 'partitioned',
  v: 'view',
  m: 'table',
  f: 'foreign',
}

function observationOf(row: ObservedRow, { standby, counts, since }: MomentRow): TableObservation {
  const storage = storageOf[row.kind]
  const identity = relationId(row.relation)
  const externalId = relationId(row.known ?? row.relation)
  return {
    externalId,
    ...(identity !== externalId && { identity }),
    parent: row.parent === null ? null : relationId(row.parent),
    schema: row.schema,
    name: row.name,
    storage,
    counters: storage === 'table' && counts && !standby ? countersOf(row, since) : null,
    pages: row.pages,
    columns: (row.columns ?? []).map(columnOf),
    readable: row.readable,
  }
}

function columnOf([name, type, indexed, usual, partitionKey]: ObservedColumn): TimeColumn {
  const column = { name, type: columnTypes[type], indexed: indexed === true, partitionKey }
  return column.indexed && usual !== true ? { ...column, oddNulls: true } : column
}

const countersOf = (row: ObservedRow, since: Date | null): TableCounters => ({
  inserted: Number(row.inserted),
  updated: Number(row.updated),
  deleted: Number(row.deleted),
  live: Number(row.live),
  dead: Number(row.dead),
  upkeep: Number(row.upkeep),
  storage: row.storage,
  rows: row.rows,
  since: since?.toISOString() ?? null,
})

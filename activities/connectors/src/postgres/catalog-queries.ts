/**
 * The statements that read a whole catalog, each once, whatever the number of tables. They hold to columns that Postgres
 * 12 has, and name no object that is not in pg_catalog.
 *
 * The functions that write definitions wait for a relation that somebody has locked for themselves, as `psql` does: the
 * lock timeout of the transaction ends that, and the relation is left out.
 */
export interface QueryScope {
  /** Oids of the schemas to read; all but the system's when left out. */
  schemas?: readonly number[]
  /** Further conditions on the relation `c` in its schema `n`. */
  relations?: string
  /** Only these, by their oids. */
  only?: readonly number[]
  /** Not these, by their oids. */
  except?: readonly number[]
}

export interface CatalogQueries {
  relations: string
  columns: string
  constraints: string
  indexes: string
}

/** pg_class also holds indexes, sequences, composite types and TOAST tables. */
export const isRelation = `c.relkind in ('r','p','v','m','f')`
/** Names that begin with pg_ are reserved, so these are all system and temporary schemas and nothing else. */
export const isUserSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
const ofRelation = (alias: string, column: string) =>
  `pg_class c join pg_namespace n on n.oid = c.relnamespace join ${alias} on ${column} = c.oid`

/** All four are ordered by the relation's oid, so that they can be read side by side. */
export function catalogQueries(scope: QueryScope = {}): CatalogQueries {
  const where = `${isRelation} and ${isUserSchema}${within(scope)}`
  return {
    relations: relationsQuery(where),
    columns: columnsQuery(where),
    constraints: constraintsQuery(where),
    indexes: indexesQuery(where),
  }
}

/** The conditions of a scope on the relation `c` in its schema `n`. */
export function within({ schemas, relations = '', only, except = [] }: QueryScope): string {
  const ofSchemas = schemas === undefined ? '' : ` and n.oid = any(${oids(schemas)})`
  const chosen = only === undefined ? '' : ` and c.oid = any(${oids(only)})`
  const others = except.length === 0 ? '' : ` and c.oid <> all(${oids(except)})`
  return `${ofSchemas}${relations}${chosen}${others}`
}

const oids = (values: readonly number[]): string => `'{${values.join(',')}}'::oid[]`

/** The identities of the relations in scope: what a large catalog is cut into parts by. */
export const relationOidsQuery = (scope: QueryScope): string => `
select c.oid as relation from pg_class c join pg_namespace n on n.oid = c.relnamespace
where ${isRelation} and ${isUserSchema}${within(scope)}
order by c.oid`

/** Of the relation itself; without what depends on who reads. */
const ownText =
  'row(r.schema, r.name, r.kind, r.definition, r.comment, r.partition_of, r.partition_key, r.partition_bound)::text'

/**
 * Every relation with a hash over all that the other statements read of it. One that has not changed is known by it, and its
 * columns, keys and definition stay in the source.
 */
export function fingerprintsQuery(scope: QueryScope = {}): string {
  const { relations, columns, constraints, indexes } = catalogQueries(scope)
  const hashed = (query: string, order: string) =>
    `select q.relation, count(*)::int as count, string_agg(q::text, E'\n' order by ${order}) as rows from (${query}) q group by q.relation`
  return `
select r.relation, r.schema, r.name, r.schema_usable, r.readable, coalesce(c.count, 0) as columns,
  encode(sha256(convert_to(concat_ws(E'\n;\n', ${ownText}, c.rows, k.rows, i.rows), getdatabaseencoding())), 'hex') as fingerprint
from (${relations}) r
left join (${hashed(columns, 'q.number')}) c on c.relation = r.relation
left join (${hashed(constraints, 'q.kind, q.name')}) k on k.relation = r.relation
left join (${hashed(indexes, 'q.name')}) i on i.relation = r.relation
order by r.relation`
}

/** The inner query sorts before the definitions are made, so that the sort holds no view text. */
const relationsQuery = (where: string) => `
select s.oid as relation, s.nspname as schema, s.relname as name, s.relkind as kind,
  case when s.relkind in ('v','m') then pg_get_viewdef(s.oid) end as definition,
  s.description as comment, s.inhparent as partition_of,
  case when s.relkind = 'p' then pg_get_partkeydef(s.oid) end as partition_key,
  pg_get_expr(s.relpartbound, s.oid) as partition_bound,
  coalesce(has_schema_privilege(s.relnamespace, 'usage'), true) as schema_usable,
  coalesce(has_table_privilege(s.oid, 'select') or has_any_column_privilege(s.oid, 'select'), true) as readable
from (
  select c.oid, n.nspname, c.relnamespace, c.relname, c.relkind, c.relpartbound, d.description, i.inhparent
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
  left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
  where ${where}
  order by c.oid offset 0
) s
order by s.oid`

/** A column of a domain has the type at its base; domains are few, so their chains are followed once. */
const columnsQuery = (where: string) => `
with recursive domain_base as (
  select oid as domain, typbasetype as base, typnotnull as not_null from pg_type where typtype = 'd'
  union all
  select b.domain, t.typbasetype, b.not_null or t.typnotnull
  from domain_base b join pg_type t on t.oid = b.base and t.typtype = 'd'
), domain as (
  select b.domain, b.base, b.not_null from domain_base b join pg_type t on t.oid = b.base and t.typtype <> 'd'
)
select a.attrelid as relation, a.attnum as number, a.attname as name, format_type(a.atttypid, a.atttypmod) as native_type,
  t.typname as type_name, t.typtype as type_kind, t.typcategory as type_category,
  a.attnotnull or coalesce(dom.not_null, false) as not_null, a.attidentity as identity,
  case when a.attgenerated = '' then pg_get_expr(ad.adbin, ad.adrelid) end as default,
  case when a.attgenerated <> '' then pg_get_expr(ad.adbin, ad.adrelid) end as generated,
  d.description as comment
from ${ofRelation('pg_attribute a', 'a.attrelid')}
left join domain dom on dom.domain = a.atttypid
join pg_type t on t.oid = coalesce(dom.base, a.atttypid)
left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
left join pg_description d on d.objoid = a.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
where a.attnum > 0 and not a.attisdropped and ${where}
order by a.attrelid, a.attnum`

/**
 * Without the rows that Postgres adds to a referencing table for each partition of a table it references: they are how a
 * foreign key works, and nobody wrote them.
 */
const constraintsQuery = (where: string) => `
select k.conrelid as relation, k.contype as kind, k.conname as name, k.conkey as columns,
  pg_get_constraintdef(k.oid) as definition, nullif(k.confrelid, 0) as referenced,
  case when k.contype = 'f' then array(
    select a.attname::text from unnest(k.confkey) with ordinality f(attnum, position)
    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = f.attnum order by f.position
  ) end as referenced_columns
from ${ofRelation('pg_constraint k', 'k.conrelid')}
where k.contype in ('p','u','f','c') and ${where}
  and not exists (select from pg_constraint parent where parent.oid = k.conparentid and parent.conrelid = k.conrelid)
order by k.conrelid, position(k.contype in 'pufc'), k.conname`

const indexesQuery = (where: string) => `
select i.indrelid as relation, ic.relname as name, i.indkey::int2[] as columns, i.indisunique as unique,
  i.indisprimary as primary, am.amname as method, pg_get_indexdef(i.indexrelid) as definition,
  case when 0 = any(i.indkey) then array(
    select pg_get_indexdef(i.indexrelid, at, false) from generate_series(1, i.indnatts) at
  ) end as expressions
from ${ofRelation('pg_index i', 'i.indrelid')}
join pg_class ic on ic.oid = i.indexrelid
join pg_am am on am.oid = ic.relam
where i.indislive and ${where}
order by i.indrelid, i.indisprimary desc, ic.relname`

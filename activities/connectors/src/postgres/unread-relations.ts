import type { CatalogScope, UnreadRelation } from '@plumbline/workflows'
import { isRelation, isUserSchema, within, type QueryScope } from './catalog-queries.ts'
import { relationOid, unreadRelation, type UnreadRow } from './catalog-rows.ts'
import type { PostgresLink } from './link.ts'

/** Those in scope that cannot be read while the locks that others hold now last, by their oids. */
export async function lockedRelations(link: PostgresLink, scope: QueryScope): Promise<Map<number, UnreadRelation>> {
  const rows = await link.query<UnreadRow>(lockedRelationsQuery(scope))
  return new Map(rows.map((row) => [row.relation, unreadRelation(row, 'locked')]))
}

/**
 * Of the relations that an earlier reading of the scope knew and this one did not meet: those that are there all the same, under
 * another name or in another schema. Only the rest is gone.
 */
export async function standingElsewhere(
  link: PostgresLink,
  scope: CatalogScope,
  { known, met }: { known: Iterable<string>; met: (oid: number) => boolean },
): Promise<UnreadRelation[]> {
  const missing = [...known].flatMap((id) => relationOid(id) ?? []).filter((oid) => !met(oid))
  if (missing.length === 0) return []
  const rows = await link.query<UnreadRow>(standingRelationsQuery(scope), [missing])
  return rows.map((row) => unreadRelation(row, 'outside'))
}

const unreadColumns = `c.oid as relation, n.nspname as schema, c.relname as name, c.relkind as kind`

/**
 * The relations in scope that somebody has locked for themselves, or waits to, and those that read one of them directly: to write
 * down their query the source asks for the same lock.
 */
const lockedRelationsQuery = (scope: QueryScope): string => `
with locked as materialized (
  select distinct l.relation from pg_locks l
  where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid is distinct from pg_backend_pid()
    and l.database = (select d.oid from pg_database d where d.datname = current_database())
), held as (
  select relation from locked
  union
  select w.ev_class from pg_rewrite w
  join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
  where d.refobjid in (select relation from locked)
)
select ${unreadColumns} from pg_class c join pg_namespace n on n.oid = c.relnamespace
where ${isRelation} and ${isUserSchema}${within(scope)} and c.oid in (select relation from held)
order by c.oid`

/** Those of some relations ($1) that are there, wherever that is by now. A partition that is folded is where it belongs. */
const standingRelationsQuery = ({ partitions }: CatalogScope): string => `
select ${unreadColumns} from pg_class c join pg_namespace n on n.oid = c.relnamespace
where ${isRelation} and ${isUserSchema} and c.oid = any($1::oid[])${partitions === 'folded' ? ' and not c.relispartition' : ''}
order by c.oid`

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/** What a text was found to mean. Hashes are in hexadecimal. */
export interface KnownStatement {
  /** SHA-256 of the text. */
  hash: string
  /** SHA-256 of what the catalog had under the names. */
  catalog: string
  names: string[]
  /** JSON. */
  result: string
}

interface CacheScope {
  organizationId: string
  dialect: string
  /** Version of the resolver. */
  resolver: number
}

export async function knownStatements(
  db: Database,
  { organizationId, dialect, resolver }: CacheScope,
  hashes: readonly string[],
): Promise<KnownStatement[]> {
  const { rows } = await sql<KnownStatement>`
    select encode(hash, 'hex') as hash, encode(catalog, 'hex') as catalog, names, result::text as result
    from statement_lineage
    where organization_id = ${organizationId}::uuid and dialect = ${dialect} and resolver = ${resolver}
      and hash in (select decode(h, 'hex') from unnest(${[...hashes]}::text[]) h)`.execute(db)
  return rows
}

/** Repeating it is harmless. */
export async function keepStatements(
  db: Database,
  lease: StepLease,
  { organizationId, dialect, resolver }: CacheScope,
  known: readonly KnownStatement[],
): Promise<void> {
  if (known.length === 0) return
  const insert = sql`
    insert into statement_lineage (organization_id, dialect, hash, resolver, catalog, names, result)
    select distinct on (k.hash, k.catalog) ${organizationId}::uuid, ${dialect}, decode(k.hash, 'hex'), ${resolver}::int,
      decode(k.catalog, 'hex'), k.names, k.result::jsonb
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as k(hash text, catalog text, names jsonb, result text)
    on conflict (organization_id, dialect, hash, resolver, catalog) do nothing`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** Notes, once a day, that what was known was of use. */
export async function noteUse(
  db: Database,
  { organizationId, dialect, resolver }: CacheScope,
  used: readonly Pick<KnownStatement, 'hash' | 'catalog'>[],
): Promise<void> {
  if (used.length === 0) return
  await sql`
    update statement_lineage k set used_at = now()
    from jsonb_to_recordset(${JSON.stringify(used.map(({ hash, catalog }) => ({ hash, catalog })))}::jsonb) as u(hash text, catalog text)
    where k.organization_id = ${organizationId}::uuid and k.dialect = ${dialect} and k.resolver = ${resolver}
      and k.hash = decode(u.hash, 'hex') and k.catalog = decode(u.catalog, 'hex')
      and k.used_at < now() - interval '1 day'`.execute(db)
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import type { Forget } from '../retention/forget-rows.ts'

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

/** Keeps what is new, and notes of the rest that it was of use. Repeating it is harmless. */
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
    on conflict (organization_id, dialect, hash, resolver, catalog) do update set used_at = now()
      where statement_lineage.used_at < now() - interval '1 day'`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** What no job has asked for since. */
export const forgetStatementLineage: Forget = async (db, cutoff, limit) => {
  const result = await sql`
    delete from statement_lineage where ctid = any(array(
      select ctid from statement_lineage where used_at < ${cutoff} order by used_at limit ${limit}))`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}

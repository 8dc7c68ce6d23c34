import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'

/** A request that says by a key that it is one and the same, however often it is sent. */
export interface KeyedRequest {
  organizationId: string
  key: string
  /** Keyed digest of address and body, which may hold a password. */
  hash: Buffer
}

export type Claim =
  /** Nobody sent it before, or its answer was lost: answer it, then `keepAnswer`. What it makes has this id, also anew. */
  | { kind: 'first'; resourceId: string }
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'in-flight' }
  /** The key was used for another request. */
  | { kind: 'other-request' }

/** An answer is repeated for this long. */
const keptFor = sql`interval '24 hours'`
/** A request that has no answer after this long was lost with the gateway that answered it, and is answered anew. */
const lostAfter = sql`interval '1 minute'`

/** Of equal requests at the same time one is first; the insert decides. */
export async function claimKey(db: Database, { organizationId, key, hash }: KeyedRequest): Promise<Claim> {
  const claimed = await sql<{ resource_id: string }>`
    insert into idempotency_key as known (organization_id, key, request_hash, resource_id)
    values (${organizationId}::uuid, ${key}, ${hash}, ${newId()}::uuid)
    on conflict (organization_id, key) do update
      set request_hash = excluded.request_hash, status = null, body = null, created_at = now(), released = false,
        resource_id = case when known.created_at < now() - ${keptFor} then excluded.resource_id else known.resource_id end
      where known.created_at < now() - ${keptFor}
        or (known.status is null and known.request_hash = excluded.request_hash
          and (known.released or known.created_at < now() - ${lostAfter}))
    returning resource_id`.execute(db)
  const [first] = claimed.rows
  if (first) return { kind: 'first', resourceId: first.resource_id }
  const known = await db
    .selectFrom('idempotency_key')
    .select(['request_hash', 'status', 'body'])
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!known) return { kind: 'in-flight' }
  if (!known.request_hash.equals(hash)) return { kind: 'other-request' }
  return known.status === null
    ? { kind: 'in-flight' }
    : { kind: 'answered', status: known.status, body: known.body ?? '' }
}

export async function keepAnswer(
  db: Database,
  { organizationId, key }: KeyedRequest,
  answer: { status: number; body: string },
): Promise<void> {
  await db
    .updateTable('idempotency_key')
    .set(answer)
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .execute()
}

/**
 * A request that failed on our side may be sent again with its key, at once. The key keeps the id of what the request makes: a
 * commit whose answer was lost looks like a failure too.
 */
export async function releaseKey(db: Database, { organizationId, key }: KeyedRequest): Promise<void> {
  await db
    .updateTable('idempotency_key')
    .set({ released: true })
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
}

/** Removes at most `limit` answers that are too old to be repeated. @returns how many */
export async function forgetOldKeys(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from idempotency_key where (organization_id, key) in (
      select organization_id, key from idempotency_key where created_at < now() - ${keptFor}
      order by created_at limit ${limit} for update skip locked)`.execute(db)
  return Number(numAffectedRows ?? 0)
}

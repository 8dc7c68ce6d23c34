import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'
import type { Role } from '../tables.ts'

export interface Identity {
  tokenId: string
  organizationId: string
  organizationName: string
  actor: string
  role: Role
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

interface Holder {
  id: string
  name: string
  role: Role
  last_used_at: Date | null
  organization_id: string
  organization_name: string
}

/** Whose token this is, unless it has expired; notes its use at most once a minute. */
export async function identify(db: Database, token: string): Promise<Identity | undefined> {
  const hash = hashOf(token)
  const { rows } = await sql<Holder>`select * from holder_of_token(${hash})`.execute(db)
  const [row] = rows
  if (!row) return undefined
  if (!row.last_used_at || Date.now() - row.last_used_at.getTime() > 60_000) {
    await db.updateTable('token').set({ last_used_at: new Date() }).where('id', '=', row.id).execute()
  }
  return {
    tokenId: row.id,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    actor: row.name,
    role: row.role,
  }
}

/** Which of some tokens still open something: not deleted, and not expired. */
export async function validTokens(db: Database, tokenIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('token')
    .select('id')
    .where('id', '=', sql<string>`any(${[...tokenIds]}::uuid[])`)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`now()`)]))
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Makes sure that an organization of this name exists and that the token is one of its admins. May be repeated. */
export async function ensureAdmin(
  db: Database,
  input: { organization: string; tokenName: string; token: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('plumbline ensure admin'))`.execute(trx)
    const found = await trx
      .selectFrom('organization')
      .select('id')
      .where('name', '=', input.organization)
      .executeTakeFirst()
    const organizationId = found?.id ?? newId()
    if (!found) await trx.insertInto('organization').values({ id: organizationId, name: input.organization }).execute()
    await trx
      .insertInto('token')
      .values({
        id: newId(),
        organization_id: organizationId,
        name: input.tokenName,
        role: 'admin',
        hash: hashOf(input.token),
      })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute()
  })
}

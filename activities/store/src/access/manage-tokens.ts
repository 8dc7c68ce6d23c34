import { sql, type Selectable } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Role, Tables } from '../tables.ts'
import { hashOf } from './tokens.ts'

/** Never with the hash. */
export type TokenRow = Omit<Selectable<Tables['token']>, 'hash' | 'organization_id'>

const shown = ['id', 'name', 'role', 'created_at', 'created_by', 'expires_at', 'last_used_at'] as const

export interface NewToken {
  id: string
  name: string
  role: Role
  expiresAt: Date | null
  /** Kept as its hash only. */
  token: string
}

/**
 * The name stands for whoever uses the token in the audit, so no two that are valid share one. Carried out again under the same
 * id, by a request whose answer was lost, it gives the row the newer token: nobody has seen the other.
 * @returns undefined where the name is taken
 */
export async function createToken(db: Database, actor: Actor, input: NewToken): Promise<TokenRow | undefined> {
  const { id, name, role, expiresAt } = input
  return db.transaction().execute(async (trx) => {
    const organization = trx.selectFrom('organization').select('id').where('id', '=', actor.organizationId)
    await organization.forNoKeyUpdate().execute()
    const namesake = await trx
      .selectFrom('token')
      .select('id')
      .where('organization_id', '=', actor.organizationId)
      .where('name', '=', name)
      .where('id', '<>', id)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`now()`)]))
      .executeTakeFirst()
    if (namesake) return undefined
    const values = {
      id,
      organization_id: actor.organizationId,
      name,
      role,
      expires_at: expiresAt,
      created_by: actor.name,
      hash: hashOf(input.token),
    }
    const row = await trx
      .insertInto('token')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ hash: values.hash }))
      .returning(shown)
      .executeTakeFirstOrThrow()
    await appendAudit(trx, actor, {
      action: 'token.create',
      target: { kind: 'token', id },
      after: { name, role, expiresAt },
    })
    return row
  })
}

/** Newest first; expired ones too. `after`: creation time in milliseconds and id of the last of the page before. */
export async function listTokens(
  db: Database,
  organizationId: string,
  page: { after?: { createdAt: number; id: string } | undefined; limit: number },
): Promise<TokenRow[]> {
  const { after, limit } = page
  let query = db.selectFrom('token').select(shown).where('organization_id', '=', organizationId)
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${new Date(after.createdAt)}, ${after.id}::uuid)`)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** From then on it opens nothing. @returns false where there is none of this id in the organization */
export async function deleteToken(db: Database, actor: Actor, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('token')
      .where('organization_id', '=', actor.organizationId)
      .where('id', '=', id)
      .returning(['name', 'role'])
      .executeTakeFirst()
    if (!row) return false
    await appendAudit(trx, actor, { action: 'token.delete', target: { kind: 'token', id }, before: { ...row } })
    return true
  })
}

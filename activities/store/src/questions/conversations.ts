import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

/** Whose conversation it is: nobody else goes on with it. */
export interface Asker {
  organizationId: string
  actor: string
}

/** What was asked last; `undefined` when there is no such conversation of the asker. */
export async function lastQuestion(
  db: Database,
  asker: Asker,
  id: string,
): Promise<Record<string, unknown> | undefined> {
  if (!isUuid(id)) return undefined
  const row = await db
    .selectFrom('conversation')
    .select('question')
    .where('id', '=', id)
    .where('organization_id', '=', asker.organizationId)
    .where('actor', '=', asker.actor)
    .executeTakeFirst()
  return row?.question
}

/** Keeps what the next question of the conversation may refer to. */
export async function keepQuestion(db: Database, asker: Asker, id: string, question: object): Promise<void> {
  await db
    .insertInto('conversation')
    .values({ id, organization_id: asker.organizationId, actor: asker.actor, question: JSON.stringify(question) })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ question: eb.ref('excluded.question'), asked_at: sql<Date>`now()` })),
    )
    .execute()
}

/** @returns how many were removed */
export async function forgetConversations(db: Database, before: Date, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('conversation')
    .where('id', 'in', (eb) => eb.selectFrom('conversation').select('id').where('asked_at', '<', before).limit(limit))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

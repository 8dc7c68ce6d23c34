import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Tokens that were set aside for a question, on the day (UTC) that they count for. */
export interface TokensSetAside {
  day: string
  tokens: number
}

/**
 * Sets tokens aside for a question of an organization, in one statement, so that questions at once do not overdraw the day. What a gateway
 * that was killed had set aside stays spent until the day is over.
 *
 * @returns `undefined` where the day does not have them any more
 */
export async function setTokensAside(
  db: Database,
  organizationId: string,
  { tokens, perDay }: { tokens: number; perDay: number },
): Promise<TokensSetAside | undefined> {
  if (tokens > perDay) return undefined
  const { rows } = await sql<{ day: string }>`
    insert into question_budget (organization_id, day, tokens)
    values (${organizationId}, (now() at time zone 'utc')::date, ${tokens})
    on conflict (organization_id) do update
      set day = excluded.day,
          tokens = excluded.tokens + case when question_budget.day = excluded.day then question_budget.tokens else 0 end
      where question_budget.day <> excluded.day or question_budget.tokens + excluded.tokens <= ${perDay}
    returning day::text
  `.execute(db)
  const [row] = rows
  return row && { day: row.day, tokens }
}

/** Puts what a question came to in the place of what was set aside for it; of a day that is over nothing is left to correct. */
export async function settleTokens(
  db: Database,
  organizationId: string,
  aside: TokensSetAside,
  used: number,
): Promise<void> {
  await sql`
    update question_budget set tokens = greatest(0, tokens + ${used - aside.tokens})
    where organization_id = ${organizationId} and day = ${aside.day}::date
  `.execute(db)
}

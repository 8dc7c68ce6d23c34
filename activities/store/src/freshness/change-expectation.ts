import type { FreshnessExpectation, FreshnessVerdict } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'

/** Sets what a person expects of an asset, or takes it away with null. `not-found` when it is not there. */
export async function setExpectation(
  db: Database,
  actor: Actor,
  assetId: string,
  expectation: FreshnessExpectation | null,
): Promise<'saved' | 'not-found'> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      select from asset where id = ${assetId}::uuid and organization_id = ${actor.organizationId}::uuid
        and removed_at is null for no key update`.execute(trx)
    if (rows.length === 0) return 'not-found'
    const before = await trx
      .selectFrom('freshness_expectation')
      .select('expectation')
      .where('asset_id', '=', assetId)
      .executeTakeFirst()
    await (expectation ? write(trx, actor, assetId, expectation) : remove(trx, assetId))
    await appendAudit(trx, actor, {
      action: 'freshness.expect',
      target: { kind: 'asset', id: assetId },
      before: { ...before?.expectation },
      after: { ...expectation },
    })
    return 'saved'
  })
}

async function write(trx: Trx, actor: Actor, assetId: string, expectation: FreshnessExpectation): Promise<void> {
  const decided = { expectation: JSON.stringify(expectation), decided_by: actor.name, decided_at: new Date() }
  await trx
    .insertInto('freshness_expectation')
    .values({ asset_id: assetId, ...decided })
    .onConflict((conflict) => conflict.column('asset_id').doUpdateSet(decided))
    .execute()
}

async function remove(trx: Trx, assetId: string): Promise<void> {
  await trx.deleteFrom('freshness_expectation').where('asset_id', '=', assetId).execute()
}

/**
 * Writes what a relation is after a person changed what is expected of it, without a new check. Nothing, where a check was stored
 * since `checkedAt`: that has judged by it already.
 */
export async function rejudge(
  db: Database,
  assetId: string,
  { checkedAt, at, verdict }: { checkedAt: Date; at: Date; verdict: FreshnessVerdict },
): Promise<void> {
  await sql`
    with before as materialized (
      select state from freshness where asset_id = ${assetId}::uuid and checked_at = ${checkedAt}
    ), written as (
      update freshness f set verdict = ${JSON.stringify(verdict)}::jsonb, state = ${verdict.state},
        since = case when f.state = ${verdict.state} then f.since else ${at} end
      from before
      where f.asset_id = ${assetId}::uuid and f.checked_at = ${checkedAt}
      returning f.asset_id, before.state as earlier
    )
    insert into freshness_state (asset_id, at, state)
    select asset_id, ${at}, ${verdict.state} from written where earlier <> ${verdict.state}
    on conflict (asset_id, at) do update set state = excluded.state`.execute(db)
}

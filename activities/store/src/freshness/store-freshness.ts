import type { StoredFreshness } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { expectationMark, nearestExpectation } from './checked-tables.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'

/**
 * Makes what a check measured and judged part of the record, in one transaction: the state of each table, the update that was
 * found, the change of state, and what the next check compares with. A repeated call changes nothing; an older check that ends
 * after a newer one leaves what that wrote.
 */
export async function storeFreshness(db: Database, lease: StepLease, connectionId: string): Promise<StoredFreshness> {
  const { jobId } = lease
  return bulkUnderLease(db, lease, async (trx) => {
    await storeUpdates(trx, jobId)
    const changed = await storeStates(trx, jobId)
    await storeMemories(trx, jobId, connectionId)
    return { ...(await countStates(trx, jobId)), changed }
  })
}

/**
 * An update that is known by a span is not the one before again: its beginning is the last check. One that is exact has its time as
 * key.
 */
async function storeUpdates(trx: Trx, jobId: string): Promise<void> {
  await sql`
    insert into freshness_update (asset_id, at, after, method, confidence)
    select m.asset_id, (l ->> 'at')::timestamptz, (l ->> 'after')::timestamptz, l ->> 'method', (l ->> 'confidence')::real
    from checked_table m cross join lateral (select m.finding -> 'last' as l) found
    where m.job_id = ${jobId}::uuid and m.verdict is not null and jsonb_typeof(l) = 'object'
    on conflict (asset_id, at) do nothing`.execute(trx)
}

/** @returns how many tables are in another state than before */
async function storeStates(trx: Trx, jobId: string): Promise<number> {
  const { rows } = await sql<{ changed: number }>`
    with before as materialized (
      select asset_id, state, checked_at from freshness
      where asset_id = any(array(select asset_id from checked_table where job_id = ${jobId}::uuid))
    ), judged as (
      select m.asset_id, m.finding, m.checked_at,
        m.verdict || jsonb_build_object('by', ${expectationMark(nearestExpectation)}) as verdict, m.verdict ->> 'state' as state,
        b.state is distinct from m.verdict ->> 'state' as turned
      from checked_table m join asset a on a.id = m.asset_id left join before b on b.asset_id = m.asset_id
      where m.job_id = ${jobId}::uuid and m.verdict is not null
        and a.id = any(array(select asset_id from checked_table where job_id = ${jobId}::uuid))
        and (b.checked_at is null or b.checked_at <= m.checked_at)
    ), written as (
      insert into freshness (asset_id, state, since, updated_at, finding, verdict, checked_at, job_id)
      select asset_id, state, checked_at, (finding -> 'last' ->> 'at')::timestamptz, finding, verdict, checked_at,
        ${jobId}::uuid from judged
      on conflict (asset_id) do update set state = excluded.state, updated_at = excluded.updated_at,
        since = case when freshness.state = excluded.state then freshness.since else excluded.since end,
        finding = excluded.finding, verdict = excluded.verdict, checked_at = excluded.checked_at, job_id = excluded.job_id
    ), turned as (
      insert into freshness_state (asset_id, at, state)
      select asset_id, checked_at, state from judged where turned
      on conflict (asset_id, at) do nothing
    )
    select count(*) filter (where turned) as changed from judged`.execute(trx)
  return rows[0]?.changed ?? 0
}

/** A partition may have been looked at for itself and for its parent: both saw the same. */
async function storeMemories(trx: Trx, jobId: string, connectionId: string): Promise<void> {
  await sql`
    insert into table_memory (connection_id, external_id, memory, seen_at)
    select distinct on (seen.key) ${connectionId}::uuid, seen.key, seen.value, (seen.value ->> 'seenAt')::timestamptz
    from checked_table m cross join lateral jsonb_each(m.memories) seen
    where m.job_id = ${jobId}::uuid
    order by seen.key, seen.value ->> 'seenAt' desc
    on conflict (connection_id, external_id) do update set memory = excluded.memory, seen_at = excluded.seen_at
    where table_memory.seen_at <= excluded.seen_at`.execute(trx)
}

async function countStates(trx: Trx, jobId: string): Promise<Omit<StoredFreshness, 'changed'>> {
  const { rows } = await sql<{ state: string; tables: number }>`
    select verdict ->> 'state' as state, count(*) as tables from checked_table
    where job_id = ${jobId}::uuid and verdict is not null group by 1`.execute(trx)
  const none = { fresh: 0, learning: 0, late: 0, stale: 0, unknown: 0, error: 0 }
  const counted = Object.fromEntries(rows.map(({ state, tables }) => [state, tables]))
  return { ...none, ...counted, tables: rows.reduce((sum, row) => sum + row.tables, 0) }
}

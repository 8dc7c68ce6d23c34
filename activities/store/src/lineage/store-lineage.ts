import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'
import { parsedKind } from './lineage-staging.ts'
import { noteHistoryRead } from './statement-history.ts'
import { viewKey } from './statement-staging.ts'

export interface StoredLineage {
  /** That this job saw. */
  edges: number
  added: number
  removed: number
}

interface StoreScope {
  connectionId: string
  /** Days after which an edge that was not seen again is faded. */
  fadeDays: number
}

type Scope = StoreScope & { jobId: string }

/**
 * Puts what a job traced into the lineage, in one transaction. Edges of views and keys that lead to the relations it traced are
 * replaced; of a view whose query could not be read or understood nothing is known, and its edges stay. Edges of statements are
 * added or seen again, and fade when they are not. An edge keeps when it was seen first. A repeated call adds and removes nothing.
 */
export async function storeLineage(db: Database, lease: StepLease, within: StoreScope): Promise<StoredLineage> {
  const scope = { ...within, jobId: lease.jobId }
  return bulkUnderLease(db, lease, async (trx) => {
    const removed = await removeUnseen(trx, scope)
    await addStatements(trx, scope)
    const written = await writeEdges(trx, scope)
    await noteCalls(trx, scope)
    await noteHistoryRead(trx, scope)
    await setFading(trx, scope)
    await sql`
      update asset a set traced_fingerprint = s.fingerprint
      from selected_table s
      where s.job_id = ${scope.jobId}::uuid and a.id = s.asset_id and a.connection_id = ${scope.connectionId}::uuid
        and a.traced_fingerprint is distinct from s.fingerprint`.execute(trx)
    return { ...written, removed }
  })
}

/** `calls` of a query are those since it was read last: null of other evidence, which a job sees once. */
const seenEdges = ({ jobId, connectionId }: Scope) => sql`
  select f.id as from_asset_id, t.id as to_asset_id, e.evidence, t.organization_id, e.sql, e.columns, e.indirect, e.certainty,
    e.confidence, s.id as statement_id,
    case when c.origin = 'query' then case when c.calls >= s.calls then c.calls - s.calls else c.calls end end as calls
  from traced_edge e
  join asset f on f.connection_id = ${connectionId}::uuid and f.external_id = e.from_external_id and f.removed_at is null
  join asset t on t.connection_id = ${connectionId}::uuid and t.external_id = e.to_external_id and t.removed_at is null
  left join collected_statement c on c.job_id = e.job_id and c.key = e.statement_key
  left join lineage_statement s on s.connection_id = ${connectionId}::uuid and s.origin = c.origin and s.name = c.name
    and s.hash = c.hash
  where e.job_id = ${jobId}::uuid`

async function removeUnseen(trx: Trx, scope: Scope): Promise<number> {
  const result = await sql`
    with seen as (${seenEdges(scope)})
    delete from lineage_edge e 
    using selected_table s join asset a on a.id = s.asset_id and a.connection_id = ${scope.connectionId}::uuid
    where s.job_id = ${scope.jobId}::uuid and e.to_asset_id = s.asset_id
      and e.to_asset_id = any(array(select asset_id from selected_table where job_id = ${scope.jobId}::uuid))
      and e.evidence in ('view', 'foreign_key')
      and (e.evidence = 'foreign_key' or a.kind not in ('view', 'materialized_view', 'stream') or exists (
        select from collected_query q
        where q.job_id = s.job_id and q.external_id = a.external_id and q.kind = ${parsedKind})
        or exists (select from collected_statement c
          where c.job_id = s.job_id and c.key = ${viewKey('')} || a.external_id and c.result ->> 'gaveUp' is null
            and c.result is not null))
      and not exists (select from seen
        where seen.to_asset_id = e.to_asset_id and seen.from_asset_id = e.from_asset_id
          and seen.evidence = e.evidence)`.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}

/** Only those that edges refer to. Their calls are noted last, when the edges have counted them. */
async function addStatements(trx: Trx, { jobId, connectionId }: Scope): Promise<void> {
  await sql`
    insert into lineage_statement (organization_id, connection_id, origin, name, text, hash, calls)
    select n.organization_id, n.id, c.origin, c.name, c.text, c.hash, case when c.origin = 'query' then 0 end
    from collected_statement c join connection n on n.id = ${connectionId}::uuid
    where c.job_id = ${jobId}::uuid and exists (
      select from traced_edge e where e.job_id = ${jobId}::uuid and e.statement_key = c.key)
    on conflict (connection_id, origin, name, hash) do nothing`.execute(trx)
}

async function writeEdges(trx: Trx, scope: Scope): Promise<{ edges: number; added: number }> {
  const { rows } = await sql<{ edges: number; added: number }>`
    with written as (
      insert into lineage_edge (from_asset_id, to_asset_id, evidence, organization_id, statement_id, sql, columns, indirect,
        certainty, confidence, seen_count, job_id)
      select from_asset_id, to_asset_id, evidence, organization_id, statement_id, sql, columns, indirect, certainty, confidence,
        coalesce(calls, 1), ${scope.jobId}::uuid
      from (${seenEdges(scope)}) seen
      on conflict (to_asset_id, from_asset_id, evidence, statement_id) do update
        set sql = excluded.sql, columns = excluded.columns, indirect = excluded.indirect, certainty = excluded.certainty,
          confidence = excluded.confidence, job_id = excluded.job_id,
          last_seen_at = case when excluded.seen_count > 0 then now() else lineage_edge.last_seen_at end,
          seen_count = lineage_edge.seen_count + case when excluded.evidence = 'query' then excluded.seen_count
            else (lineage_edge.job_id is distinct from excluded.job_id)::int end
      returning xmax = 0 as added
    )
    select count(*) as edges, count(*) filter (where added) as added from written`.execute(trx)
  return rows[0] ?? { edges: 0, added: 0 }
}

async function noteCalls(trx: Trx, { jobId, connectionId }: Scope): Promise<void> {
  await sql`
    update lineage_statement s set calls = c.calls, last_seen_at = now()
    from collected_statement c
    where c.job_id = ${jobId}::uuid and s.connection_id = ${connectionId}::uuid and s.origin = c.origin and s.name = c.name
      and s.hash = c.hash and (c.origin <> 'query' or s.calls is distinct from c.calls)`.execute(trx)
}

/** Also of edges that were not seen: the time may have been changed. */
async function setFading(trx: Trx, { connectionId, fadeDays }: Scope): Promise<void> {
  await sql`
    update lineage_edge e set fades_at = e.last_seen_at + ${fadeDays} * interval '1 day'
    where e.to_asset_id = any(array(select id from asset where connection_id = ${connectionId}::uuid))
      and e.evidence not in ('view', 'foreign_key')
      and e.fades_at is distinct from e.last_seen_at + ${fadeDays} * interval '1 day'`.execute(trx)
}

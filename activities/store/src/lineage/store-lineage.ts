import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'
import { parsedKind } from './lineage-staging.ts'

export interface StoredLineage {
  /** That this job saw. */
  edges: number
  added: number
  removed: number
}

/**
 * Replaces the edges that lead to the relations this job traced, in one transaction. An edge seen again keeps when it was seen
 * first. Of a view whose query could not be read or understood nothing is known: its edges stay. A repeated call adds and
 * removes nothing.
 */
export async function storeLineage(db: Database, lease: StepLease, connectionId: string): Promise<StoredLineage> {
  const scope = { jobId: lease.jobId, connectionId }
  return bulkUnderLease(db, lease, async (trx) => {
    const removed = await removeUnseen(trx, scope)
    const written = await writeEdges(trx, scope)
    await sql`
      update asset a set traced_fingerprint = s.fingerprint
      from selected_table s
      where s.job_id = ${scope.jobId}::uuid and a.id = s.asset_id and a.connection_id = ${scope.connectionId}::uuid
        and a.traced_fingerprint is distinct from s.fingerprint`.execute(trx)
    return { ...written, removed }
  })
}

const seenEdges = ({ jobId, connectionId }: { jobId: string; connectionId: string }) => sql`
  select f.id as from_asset_id, t.id as to_asset_id, e.evidence, t.organization_id, e.sql, e.columns, e.indirect
  from traced_edge e
  join asset f on f.connection_id = ${connectionId}::uuid and f.external_id = e.from_external_id and f.removed_at is null
  join asset t on t.connection_id = ${connectionId}::uuid and t.external_id = e.to_external_id and t.removed_at is null
  where e.job_id = ${jobId}::uuid`

async function removeUnseen(trx: Trx, scope: { jobId: string; connectionId: string }): Promise<number> {
  const result = await sql`
    with seen as (${seenEdges(scope)})
    delete from lineage_edge e 
    using selected_table s join asset a on a.id = s.asset_id and a.connection_id = ${scope.connectionId}::uuid
    where s.job_id = ${scope.jobId}::uuid and e.to_asset_id = s.asset_id
      and e.to_asset_id = any(array(select asset_id from selected_table where job_id = ${scope.jobId}::uuid))
      and e.evidence in ('view', 'foreign_key')
      and (e.evidence = 'foreign_key' or a.kind not in ('view', 'materialized_view') or exists (
        select from collected_query q
        where q.job_id = s.job_id and q.external_id = a.external_id and q.kind = ${parsedKind}))
      and not exists (select from seen
        where seen.to_asset_id = e.to_asset_id and seen.from_asset_id = e.from_asset_id
          and seen.evidence = e.evidence)`.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}

async function writeEdges(
  trx: Trx,
  scope: { jobId: string; connectionId: string },
): Promise<{ edges: number; added: number }> {
  const { rows } = await sql<{ edges: number; added: number }>`
    with written as (
      insert into lineage_edge (from_asset_id, to_asset_id, evidence, organization_id, sql, columns, indirect, job_id)
      select from_asset_id, to_asset_id, evidence, organization_id, sql, columns, indirect, ${scope.jobId}::uuid
      from (${seenEdges(scope)}) seen
      on conflict (to_asset_id, from_asset_id, evidence, statement_id) do update
        set sql = excluded.sql, columns = excluded.columns, indirect = excluded.indirect, job_id = excluded.job_id,
          last_seen_at = now(),
          seen_count = lineage_edge.seen_count + (lineage_edge.job_id is distinct from excluded.job_id)::int
      returning xmax = 0 as added
    )
    select count(*) as edges, count(*) filter (where added) as added from written`.execute(trx)
  return rows[0] ?? { edges: 0, added: 0 }
}

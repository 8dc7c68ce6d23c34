import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { DiscoveryScope } from './match-catalog.ts'

/**
 * What checks of freshness remember of a relation follows it to the identity that it has now, and says which one it was of: by that the
 * next check sees that it was created again. Before the assets get their new identities, whose old ones tell what is whose.
 */
export async function moveMemories(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  // Sorted, which lets go of all old keys before the first new one: a rebuilt source hands them out anew in circles.
  await sql`
    with moved as (
      delete from table_memory t
      using discovered_match m join asset a on a.id = m.asset_id and a.connection_id = ${connectionId}::uuid
      where m.job_id = ${jobId}::uuid and m.state in ('changed', 'restored') and a.external_id <> m.external_id
        and t.connection_id = ${connectionId}::uuid and t.external_id = a.external_id
        and (a.removed_at is null or not exists (select from asset o
          where o.connection_id = ${connectionId}::uuid and o.external_id = a.external_id and o.removed_at is null))
      returning m.external_id as to_id, t.external_id as from_id, t.memory, t.seen_at
    )
    insert into table_memory (connection_id, external_id, memory, seen_at)
    select ${connectionId}::uuid, to_id, jsonb_build_object('identity', from_id) || memory, seen_at
    from moved order by to_id
    on conflict (connection_id, external_id) do nothing`.execute(trx)
}

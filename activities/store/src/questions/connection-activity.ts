import type { JobStatus, JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** What goes on under a connection. */
export interface ConnectionActivity {
  running: number
  pending: number
  last: { id: string; type: JobType; status: JobStatus; createdAt: string } | null
}

/** For the given connections at once, through the indexes of what is active and of each database's newest job. */
export async function connectionActivity(
  db: Database,
  organizationId: string,
  connections: readonly { id: string; rootAssetId: string }[],
): Promise<Map<string, ConnectionActivity>> {
  const { rows } = await sql<ConnectionActivity & { id: string }>`
    select c.id, active.running, active.pending, (
        select jsonb_build_object('id', j.id, 'type', j.type, 'status', j.status, 'createdAt', j.created_at)
        from job j where j.database_id = wanted.root and j.organization_id = c.organization_id
        order by j.created_at desc, j.id desc limit 1
      ) as last
    from unnest(${connections.map(({ id }) => id)}::uuid[], ${connections.map(({ rootAssetId }) => rootAssetId)}::uuid[]) wanted(id, root)
    join connection c on c.id = wanted.id
    cross join lateral (
      select count(*) filter (where status = 'running') as running, count(*) filter (where status = 'pending') as pending
      from job where connection_id = c.id and ended_at is null
    ) active
    where c.organization_id = ${organizationId}::uuid`.execute(db)
  return new Map(rows.map(({ id, ...activity }) => [id, activity]))
}

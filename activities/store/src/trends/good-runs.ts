import type { JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'

/** A job that completed, as what is usual is told from it. */
export interface RunRecord {
  id: string
  durationMs: number
  createdAt: Date
}

/** The newest jobs of a type on an asset that completed, oldest first; those created before a time where one is given. */
export async function goodRuns(
  db: Database | Trx,
  organizationId: string,
  of: { assetId: string; type: JobType; before?: Date; limit: number },
): Promise<RunRecord[]> {
  const { rows } = await sql<RunRecord>`
    select id, duration_ms as "durationMs", created_at as "createdAt" from job
    where asset_id = ${of.assetId}::uuid and organization_id = ${organizationId}::uuid and type = ${of.type}
      and state = 'completed' and duration_ms is not null
      and ${of.before ? sql`created_at < ${of.before}` : sql`true`}
    order by created_at desc, id desc limit ${of.limit}`.execute(db)
  return rows.toReversed()
}

import type { AssetKind, JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** What an activity needs to know of the job it works for. */
export interface JobScope {
  jobId: string
  organizationId: string
  type: JobType
  connectionId: string
  assetId: string
  assetKind: AssetKind
  schemaId: string | null
  databaseId: string
  config: Record<string, unknown>
  ended: boolean
}

const scope = sql`
  id as "jobId", organization_id as "organizationId", type, connection_id as "connectionId", asset_id as "assetId",
  asset_kind as "assetKind", schema_id as "schemaId", database_id as "databaseId", config, ended_at is not null as ended`

export async function jobScope(db: Database, jobId: string): Promise<JobScope | undefined> {
  const { rows } = await sql<JobScope>`select ${scope} from job where id = ${jobId}::uuid`.execute(db)
  return rows[0]
}

/** Every activity begins with this: the count and the scope in one round trip. */
export async function beginAttempt(
  db: Database,
  jobId: string,
  step: string,
  attempt: number,
): Promise<JobScope | undefined> {
  const { rows } = await sql<JobScope>`
    with counted as (
      update job_step s set attempts = greatest(s.attempts, ${attempt}) from job j
      where s.job_id = ${jobId}::uuid and s.name = ${step} and j.id = s.job_id and j.ended_at is null
    )
    select ${scope} from job where id = ${jobId}::uuid`.execute(db)
  return rows[0]
}

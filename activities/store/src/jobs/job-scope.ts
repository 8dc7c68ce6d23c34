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

/** The columns of `job` that make a JobScope. */
export const scopeColumns = sql`job.id as "jobId", organization_id as "organizationId", type, connection_id as "connectionId",
  asset_id as "assetId", asset_kind as "assetKind", schema_id as "schemaId", database_id as "databaseId", config,
  ended_at is not null as ended`

export async function jobScope(db: Database, jobId: string): Promise<JobScope | undefined> {
  const { rows } = await sql<JobScope>`select ${scopeColumns} from job where id = ${jobId}::uuid`.execute(db)
  return rows[0]
}

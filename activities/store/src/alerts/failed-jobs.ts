import type { JobError, JobType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { EventSpan } from '../jobs/next-events.ts'
import { recover } from './change-incidents.ts'

export interface FailedJob {
  id: string
  organizationId: string
  type: JobType
  assetId: string
  assetName: string
  connectionId: string
  connectionName: string
  error: JobError
  endedAt: Date
}

const jobsOf = ({ after, last }: EventSpan) => sql`(select job_id from job_event where id > ${after} and id <= ${last})`

/** The jobs of a span that failed for good: nobody has started another attempt. Not those of another installation. */
export async function failedJobs(trx: Trx, span: EventSpan): Promise<FailedJob[]> {
  const { rows } = await sql<FailedJob>`
    select j.id, j.organization_id as "organizationId", j.type, j.asset_id as "assetId", j.asset_qualified_name as "assetName",
      j.connection_id as "connectionId", c.name as "connectionName", j.error, j.ended_at as "endedAt"
    from job j join connection c on c.id = j.connection_id
    where j.id in ${jobsOf(span)} and j.status = 'failed' and j.newest_attempt and j.error is not null and j.imported_at is null
    order by j.ended_at, j.id`.execute(trx)
  return rows
}

/** Ends failures that a later job shows to be over: one that completed, of what each is about, begun after the last failure. */
export async function recoverFailures(trx: Trx, span: EventSpan): Promise<void> {
  await recover(
    trx,
    sql`i.kind = 'failure' and exists (
      select from job j where j.id in ${jobsOf(span)} and j.status = 'completed' and j.imported_at is null
        and j.organization_id = i.organization_id and j.started_at > i.last_at
        and (i.connection_id is null or i.connection_id = j.connection_id)
        and (i.asset_id is null or i.asset_id = j.asset_id) and (i.job_type is null or i.job_type = j.type))`,
  )
}

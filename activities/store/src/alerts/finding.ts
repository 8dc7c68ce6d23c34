import type { AlertKind, JobType } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { EventSpan } from '../jobs/next-events.ts'

/** Something that a job found, or that is wrong with jobs without one having failed. */
export interface Finding {
  kind: Exclude<AlertKind, 'failure'>
  /** Of what happened; see `Signal`. */
  key: string
  /** Findings of one kind and cause are of one incident. */
  cause: string
  organizationId: string
  connectionId: string
  /** What its incident is about, as people call it. */
  about: { id: string; name: string }
  /** What was found, or where. */
  assetId: string
  message: string
  jobType: JobType
  jobId: string | null
  at: Date
  limitMs?: number | null
}

/** As `j`: the jobs of a type in a span that completed here. */
export const completedIn = ({ after, last }: EventSpan, type: JobType | RawBuilder<unknown>) => sql`
  j.id in (select job_id from job_event where id > ${after} and id <= ${last})
  and j.status = 'completed' and j.type = ${type} and j.imported_at is null`

/** As `a`: the asset of job `j`, and all below it. */
export const assetsOfJob = sql`j.asset_id in (a.id, a.schema_id, a.database_id) and a.organization_id = j.organization_id`

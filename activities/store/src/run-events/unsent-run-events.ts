import type { JobType, RunEventType } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** A job as events name it. */
export interface ToldJob {
  id: string
  type: JobType
  organization: string
  connection: string
  asset: string
}

/** A transition of a run that the receiver has not been told. */
export interface UnsentRunEvent {
  id: number
  type: RunEventType
  at: Date
  organizationId: string
  connectionId: string
  job: ToldJob
  parent: ToldJob | null
  error: { message: string; stack: string | null } | null
}

const told = (job: string, connection: string) => sql`jsonb_build_object('id', ${sql.ref(`${job}.id`)},
  'type', ${sql.ref(`${job}.type`)}, 'organization', o.name, 'connection', ${sql.ref(`${connection}.name`)},
  'asset', ${sql.ref(`${job}.asset_qualified_name`)})`

/** The oldest, in the order in which they are told. What is read of their jobs is what they are now. */
export async function unsentRunEvents(db: Database, limit: number): Promise<UnsentRunEvent[]> {
  const { rows } = await sql<UnsentRunEvent>`
    select e.id, e.type, e.at, j.organization_id as "organizationId", j.connection_id as "connectionId", ${told('j', 'c')} as job,
      case when p.id is not null then ${told('p', 'pc')} end as parent,
      case e.type when 'FAIL' then jsonb_build_object('message', coalesce(j.error ->> 'message', j.message), 'stack', j.error ->> 'stack')
        when 'ABORT' then jsonb_build_object('message', j.message, 'stack', null) end as error
    from run_event e
    join job j on j.id = e.job_id
    join organization o on o.id = j.organization_id
    join connection c on c.id = j.connection_id
    left join job p on p.id = j.parent_job_id and p.organization_id = j.organization_id
    left join connection pc on pc.id = p.connection_id
    where e.sent_at is null
    order by e.id limit ${limit}`.execute(db)
  return rows
}

/** Notes that an event was taken, or what was said instead. Idempotent. */
export async function markRunEventSent(db: Database, id: number, refused: string | null): Promise<void> {
  await db
    .updateTable('run_event')
    .set({ sent_at: sql<Date>`now()`, refused })
    .where('id', '=', id)
    .execute()
}

import type { JobType, TriggerKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid, newId } from '../ids.ts'
import { insertion } from './insert-job.ts'
import type { Trx } from './job-events.ts'
import { findJob, selectShown, type JobRow } from './job-queries.ts'

export type Created =
  | { kind: 'created'; jobId: string }
  | { kind: 'already-active'; existingJobId: string }
  | { kind: 'not-found' }

/** As `Created`, with the job as its starter is answered. */
export type CreatedJob = Exclude<Created, { kind: 'created' }> | { kind: 'created'; job: JobRow }

export interface JobRequest {
  type: JobType
  assetId: string
  config: Record<string, unknown>
  trigger: TriggerKind
}

/**
 * Writes a pending job, its event and its audit entry, and keeps a slot for it where one is free; of equal requests at the same
 * time exactly one creates.
 */
export async function createJob(db: Database, actor: Actor, request: JobRequest): Promise<CreatedJob> {
  if (!isUuid(request.assetId)) return { kind: 'not-found' }
  const first = await tryCreateJob(db, actor, request)
  // The twin that was in the way may have ended in between: then the second try finds the way free.
  return first.kind === 'not-found' ? tryCreateJob(db, actor, request) : first
}

/** One statement: job, steps, audit entry and event are there together or not at all. */
async function tryCreateJob(db: Database, actor: Actor, request: JobRequest): Promise<CreatedJob> {
  const { organizationId, name, requestId } = actor
  const { type, assetId, config, trigger } = request
  const job = { type, config, trigger, organizationId, actor: name, keepSlot: true }
  const targets = [{ id: actor.resourceId ?? newId(), assetId }]
  const { rows } = await sql<JobRow>`
    with made as (select ${insertion({ ...job, targets })} as ids),
    audited as (
      insert into audit (organization_id, actor, request_id, action, target_kind, target_id, after)
      select ${organizationId}::uuid, ${name}, ${requestId}, 'job.create', 'job', id,
        ${JSON.stringify({ type, assetId, config })}::jsonb
      from made, unnest(made.ids) as id
    )
    ${selectShown(sql`made, lateral shown_jobs(${organizationId}::uuid, made.ids)`)}`.execute(db)
  const [made] = rows
  if (made) return { kind: 'created', job: made }
  return (await repeated(db, actor)) ?? activeTwin(db, organizationId, request)
}

async function repeated(db: Database, actor: Actor): Promise<CreatedJob | undefined> {
  const before = await madeBefore(db, actor)
  if (!before) return undefined
  const job = await findJob(db, actor.organizationId, before.jobId)
  return job && { kind: 'created', job }
}

/** The job that the same request made, before its gateway was lost. */
export async function madeBefore(
  trx: Trx | Database,
  actor: Actor,
): Promise<Extract<Created, { kind: 'created' }> | undefined> {
  if (actor.resourceId === undefined) return undefined
  const row = await trx
    .selectFrom('job')
    .select('id')
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', actor.resourceId)
    .executeTakeFirst()
  return row && { kind: 'created', jobId: row.id }
}

/** Why an insert wrote nothing; `not-found` also where the twin ended in this very moment or the asset is removed. */
export async function activeTwin(
  trx: Trx | Database,
  organizationId: string,
  { type, assetId }: { type: JobType; assetId: string },
): Promise<Exclude<Created, { kind: 'created' }>> {
  const twin = await trx
    .selectFrom('job')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('asset_id', '=', assetId)
    .where('type', '=', type)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return twin ? { kind: 'already-active', existingJobId: twin.id } : { kind: 'not-found' }
}

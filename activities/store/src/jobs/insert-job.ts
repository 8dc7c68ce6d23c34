import { jobDefinition, type JobType, type TriggerKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendJobEvents, type Trx } from './job-events.ts'

export interface NewJob {
  id: string
  organizationId: string
  type: JobType
  assetId: string
  config: Record<string, unknown>
  trigger: TriggerKind
  actor: string
  scheduleId?: string
  parentJobId?: string
  /** Of a retry: the attempt before it and what it takes over from it. */
  retry?: { of: string; rootJobId: string; attempt: number }
}

/** Jobs of one kind and origin, on one asset each. */
export interface NewJobs extends Omit<NewJob, 'id' | 'assetId'> {
  targets: readonly { id: string; assetId: string }[]
}

/**
 * Writes a pending job with its steps and its event.
 *
 * The indexes decide: an active twin on the same asset, the same id again, or a second retry of one attempt insert nothing;
 * nor does an asset that is not there any more.
 * @returns false when nothing was inserted
 */
export async function insertJob(trx: Trx, { id, assetId, ...job }: NewJob): Promise<boolean> {
  const inserted = await insertJobs(trx, { ...job, targets: [{ id, assetId }] })
  return inserted.length === 1
}

/** As `insertJob`, for any number in the same few statements. @returns the ids of those that were inserted */
export async function insertJobs(trx: Trx, { targets, ...job }: NewJobs): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into job (id, organization_id, type, connection_id, asset_id, schema_id, database_id,
      asset_kind, asset_name, asset_qualified_name, database_name, config, trigger_kind, actor, schedule_id,
      parent_job_id, root_job_id, retry_of, attempt)
    select t.id, a.organization_id, ${job.type}, a.connection_id, a.id,
      case when a.kind = 'schema' then a.id else a.schema_id end, a.database_id,
      a.kind, a.name, a.qualified_name, d.name, ${JSON.stringify(job.config)}::jsonb, ${job.trigger}, ${job.actor},
      ${job.scheduleId ?? null}, ${job.parentJobId ?? null}::uuid, coalesce(${job.retry?.rootJobId ?? null}::uuid, t.id),
      ${job.retry?.of ?? null}::uuid, ${job.retry?.attempt ?? 1}
    from unnest(${targets.map(({ id }) => id)}::uuid[], ${targets.map(({ assetId }) => assetId)}::uuid[])
      with ordinality as t(id, asset_id, place)
    join asset a on a.id = t.asset_id join asset d on d.id = a.database_id
    where a.organization_id = ${job.organizationId}::uuid and a.removed_at is null
    order by t.place
    on conflict do nothing
    returning id`.execute(trx)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await insertSteps(trx, job.type, ids)
  return ids
}

async function insertSteps(trx: Trx, type: JobType, jobIds: readonly string[]): Promise<void> {
  const steps = jobDefinition(type).steps.map(({ name, label, weight, unit, version }, position) => ({
    name,
    label,
    weight,
    unit,
    version,
    position,
  }))
  await sql`
    insert into job_step (job_id, name, label, weight, unit, version, position)
    select job_id, s.name, s.label, s.weight, s.unit, s.version, s.position
    from unnest(${[...jobIds]}::uuid[]) as job_id,
      jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
        as s(name text, label text, weight real, unit text, version int, position int)`.execute(trx)
  await appendJobEvents(trx, jobIds)
}

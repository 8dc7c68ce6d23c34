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
  parentJobId?: string
  /** Of a retry: the attempt before it and what it takes over from it. */
  retry?: { of: string; rootJobId: string; attempt: number }
}

/**
 * Writes a pending job with its steps and its event.
 *
 * The indexes decide: an active twin on the same asset, the same id again, or a second retry of one attempt insert nothing;
 * nor does an asset that is not there any more.
 * @returns false when nothing was inserted
 */
export async function insertJob(trx: Trx, job: NewJob): Promise<boolean> {
  const inserted = await sql`
    insert into job (id, organization_id, type, connection_id, asset_id, schema_id, database_id,
      asset_kind, asset_name, asset_qualified_name, database_name, config, trigger_kind, actor,
      parent_job_id, root_job_id, retry_of, attempt)
    select ${job.id}::uuid, a.organization_id, ${job.type}, a.connection_id, a.id,
      case when a.kind = 'schema' then a.id else a.schema_id end, a.database_id,
      a.kind, a.name, a.qualified_name, d.name, ${JSON.stringify(job.config)}::jsonb, ${job.trigger}, ${job.actor},
      ${job.parentJobId ?? null}::uuid, ${job.retry?.rootJobId ?? job.id}::uuid, ${job.retry?.of ?? null}::uuid,
      ${job.retry?.attempt ?? 1}
    from asset a join asset d on d.id = a.database_id
    where a.id = ${job.assetId}::uuid and a.organization_id = ${job.organizationId}::uuid and a.removed_at is null
    on conflict do nothing`.execute(trx)
  if (Number(inserted.numAffectedRows ?? 0) === 0) return false
  const { steps } = jobDefinition(job.type)
  await trx
    .insertInto('job_step')
    .values(
      steps.map(({ name, label, weight, unit, version }, position) => ({
        job_id: job.id,
        name,
        label,
        weight,
        unit,
        version,
        position,
      })),
    )
    .execute()
  await appendJobEvents(trx, [job.id])
  return true
}

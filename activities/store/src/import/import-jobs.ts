import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { checkImport, type ImportCheck } from './check-import.ts'
import { makePlaces } from './import-places.ts'

/** Written in one transaction: short, so that nobody who reads or writes jobs waits. */
const batch = 1_000

/**
 * Takes over what was staged. May be repeated, also after a crash in the middle: what is here already is known and stays as it
 * is. Events are not written: nobody follows jobs that have ended long ago.
 */
export async function importStaged(
  db: Database,
  actor: Actor,
  importId: string,
  options: { maxErrors: number },
): Promise<ImportCheck> {
  const check = await patiently(db, async (trx) => {
    const found = await checkImport(trx, actor.organizationId, importId, options.maxErrors)
    if (found.toImport === 0) return found
    await makePlaces(trx, actor.organizationId, importId)
    await appendAudit(trx, actor, {
      action: 'job.import',
      target: { kind: 'organization', id: actor.organizationId },
      after: { jobs: found.toImport, known: found.known, refused: found.refused },
    })
    return found
  })
  while (await patiently(db, (trx) => importBatch(trx, actor.organizationId, importId)));
  await patiently(db, (trx) => linkResolved(trx, actor.organizationId, importId))
  return check
}

/** A large file takes longer than a statement usually may. */
async function patiently<T>(db: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = '10min'`.execute(trx)
    return work(trx)
  })
}

/**
 * The oldest jobs that are left, so that what they name is here before them; jobs of one moment stay together. @returns false
 * when none was left
 */
async function importBatch(trx: Trx, organizationId: string, importId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext(${`plumbline import ${organizationId}`}))`.execute(trx)
  const { rows } = await sql<{ until: Date }>`
    select max(created_at) as until from (
      select created_at from job_import where import_id = ${importId}::uuid and outcome is null order by created_at limit ${batch}
    ) oldest having count(*) > 0`.execute(trx)
  const until = rows[0]?.until
  if (!until) return false
  const staged = sql`job_import i where i.import_id = ${importId}::uuid and i.outcome is null and i.created_at <= ${until}`
  // The same file may have been sent twice at the same time.
  await sql`
    update job_import i set outcome = 'known' from job j
    where i.import_id = ${importId}::uuid and i.outcome is null and i.created_at <= ${until} and j.id = i.id`.execute(
    trx,
  )
  await insertJobs(trx, organizationId, staged)
  await insertParts(trx, staged)
  await sql`update job set newest_attempt = false where id in (select i.retry_of from ${staged}) and newest_attempt`.execute(
    trx,
  )
  await sql`
    update job_import i set outcome = 'imported'
    where i.import_id = ${importId}::uuid and i.outcome is null and i.created_at <= ${until}`.execute(trx)
  return true
}

async function insertJobs(trx: Trx, organizationId: string, staged: ReturnType<typeof sql>): Promise<void> {
  await sql`
    insert into job (id, organization_id, type, status, connection_id, asset_id, schema_id, database_id, asset_kind, asset_name,
      asset_qualified_name, database_name, config, trigger_kind, actor, schedule_id, parent_job_id, root_job_id, retry_of,
      attempt, created_at, queued_at, started_at, ended_at, percent, step, message, counts, warnings, error,
      cancel_requested_at, cancel_requested_by, cancel_reason, terminated_by, terminate_reason, run_id, imported_at)
    select i.id, ${organizationId}::uuid, j.type, j.status, i.connection_id, (j.asset ->> 'id')::uuid,
      (j.schema ->> 'id')::uuid, (j.database ->> 'id')::uuid, j.asset ->> 'kind', j.asset ->> 'name',
      j.asset ->> 'qualifiedName', j.database ->> 'name', j.config, j.trigger ->> 'kind', j.trigger ->> 'actor',
      j.trigger ->> 'scheduleId', j."parentJobId", j."rootJobId", i.retry_of,
      j.attempt, i.created_at, j."queuedAt", j."startedAt", j."endedAt", j.percent, j.step, j.message, j.counts, j.warnings,
      nullif(j.error, 'null'::jsonb), (j.cancellation ->> 'requestedAt')::timestamptz, j.cancellation ->> 'by',
      j.cancellation ->> 'reason', j.termination ->> 'by', j.termination ->> 'reason', j."runId", now()
    from (select i.* from ${staged} order by i.created_at, i.id) i
    cross join lateral jsonb_to_record(i.job) as j(type text, status text, asset jsonb, schema jsonb, database jsonb, config jsonb,
      trigger jsonb, "parentJobId" uuid, "rootJobId" uuid, attempt int, "queuedAt" timestamptz, "startedAt" timestamptz,
      "endedAt" timestamptz, percent real, step text, message text, counts jsonb, warnings int, error jsonb, cancellation jsonb,
      termination jsonb, "runId" text)`.execute(trx)
}

async function insertParts(trx: Trx, staged: ReturnType<typeof sql>): Promise<void> {
  await sql`
    insert into job_step (job_id, name, position, label, weight, unit, status, started_at, ended_at, done, total, attempts,
      message, last_error, taken_over_from)
    select i.id, s.name, s.position - 1, s.label, s.weight, s.unit, s.status, s."startedAt", s."endedAt", s.done, s.total,
      s.attempts, s.message, s."lastError", s."takenOverFrom"
    from (select i.* from ${staged}) i cross join lateral rows from (
      jsonb_to_recordset(i.job -> 'steps') as (name text, label text, weight real, unit text, status text,
        "startedAt" timestamptz, "endedAt" timestamptz, done bigint, total bigint, attempts int, message text,
        "lastError" text, "takenOverFrom" uuid)
    ) with ordinality as s(name, label, weight, unit, status, "startedAt", "endedAt", done, total, attempts, message,
      "lastError", "takenOverFrom", position)`.execute(trx)
  await sql`
    insert into job_warning (job_id, code, object, message)
    select i.id, w.code, coalesce(w.object, ''), w.message
    from (select i.* from ${staged}) i
    cross join lateral jsonb_to_recordset(i.job -> 'warningsList') as w(code text, object text, message text)
    on conflict do nothing`.execute(trx)
}

/** Last, because a failure is resolved by a job that is newer. */
async function linkResolved(trx: Trx, organizationId: string, importId: string): Promise<void> {
  await sql`
    update job j set resolved_by_job_id = i.resolved_by
    from job_import i left join job_import by on by.import_id = i.import_id and by.id = i.resolved_by
    where i.import_id = ${importId}::uuid and i.resolved_by is not null and j.id = i.id
      and j.organization_id = ${organizationId}::uuid and j.resolved_by_job_id is null
      and (i.outcome = 'imported' or by.outcome = 'imported')`.execute(trx)
}

import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { olderIdsOf, type ArchivedJob } from './archived-job.ts'

export interface NumberedJob {
  /** In the file, from 1. */
  line: number
  job: ArchivedJob
}

/** Keeps jobs until the whole file is there: a job may name one that comes later. @returns how many came twice */
export async function stageJobs(db: Database, importId: string, jobs: readonly NumberedJob[]): Promise<number> {
  if (jobs.length === 0) return 0
  const rows = jobs.map(({ line, job }) => ({
    line,
    job,
    id: job.id,
    created_at: job.createdAt,
    connection_id: job.connection.id,
    asset_ids: [...new Set([job.asset.id, job.database.id, ...(job.schema ? [job.schema.id] : [])])],
    retry_of: job.retryOf,
    resolved_by: job.resolvedByJobId,
    older_ids: olderIdsOf(job),
  }))
  const { numAffectedRows } = await sql`
    insert into job_import (import_id, line, id, created_at, connection_id, asset_ids, retry_of, resolved_by, older_ids, job)
    select ${importId}::uuid, r.line, r.id, r.created_at, r.connection_id, r.asset_ids, r.retry_of, r.resolved_by, r.older_ids, r.job
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, id uuid, created_at timestamptz, connection_id uuid,
      asset_ids uuid[], retry_of uuid, resolved_by uuid, older_ids uuid[], job jsonb)
    on conflict do nothing`.execute(db)
  return jobs.length - Number(numAffectedRows ?? 0)
}

/** Of an import that is over, or was given up. */
export async function discardImport(db: Database, importId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = '10min'`.execute(trx)
    await trx.deleteFrom('job_import').where('import_id', '=', importId).execute()
  })
}

/** What imports left behind whose gateway was killed. @returns how many rows */
export async function forgetLostImports(db: Database): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from job_import where import_id in (
      select import_id from job_import group by import_id having max(received_at) < now() - interval '1 day')`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

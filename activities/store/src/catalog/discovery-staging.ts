import type { DiscoveredSchema, RelationKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/** A relation as it was read, with its document already in canonical JSON: it is neither parsed nor written again here. */
export interface StagedRelation {
  externalId: string
  schema: string
  name: string
  kind: RelationKind
  fingerprint: string
  /** A RelationDocument. */
  documentJson: string
  comment: string | null
  columns: number
}

/** Forgets what an earlier attempt read: a retried read begins a new snapshot of the source, two must never be mixed. */
export async function resetDiscovery(db: Database, lease: StepLease): Promise<void> {
  const { jobId } = lease
  await underLease(db, lease, async (trx) => {
    await trx.deleteFrom('discovered_change').where('job_id', '=', jobId).execute()
    await trx.deleteFrom('discovered_match').where('job_id', '=', jobId).execute()
    await trx.deleteFrom('discovered_relation').where('job_id', '=', jobId).execute()
    await trx.deleteFrom('discovered_schema').where('job_id', '=', jobId).execute()
  })
}

/** One statement a batch; the same relation again replaces what was there. */
export async function stageRelations(
  db: Database,
  lease: StepLease,
  relations: readonly StagedRelation[],
): Promise<void> {
  if (relations.length === 0) return
  const column = <T>(pick: (relation: StagedRelation) => T) => relations.map(pick)
  const insert = sql`
    insert into discovered_relation
      (job_id, external_id, schema_name, name, kind, fingerprint, document, comment, columns)
    select ${lease.jobId}::uuid, r.external_id, r.schema_name, r.name, r.kind, r.fingerprint, r.document::jsonb, r.comment, r.columns
    from unnest(${column((r) => r.externalId)}::text[], ${column((r) => r.schema)}::text[], ${column((r) => r.name)}::text[],
      ${column((r) => r.kind)}::text[], ${column((r) => r.fingerprint)}::text[], ${column((r) => r.documentJson)}::text[],
      ${column((r) => r.comment)}::text[], ${column((r) => r.columns)}::int[])
      as r(external_id, schema_name, name, kind, fingerprint, document, comment, columns)
    on conflict (job_id, external_id) do update set schema_name = excluded.schema_name, name = excluded.name,
      kind = excluded.kind, fingerprint = excluded.fingerprint, document = excluded.document,
      comment = excluded.comment, columns = excluded.columns`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** The same schema again replaces what was there. */
export async function stageSchemas(
  db: Database,
  lease: StepLease,
  schemas: readonly DiscoveredSchema[],
): Promise<void> {
  if (schemas.length === 0) return
  const insert = sql`
    insert into discovered_schema (job_id, external_id, name, comment, complete)
    select ${lease.jobId}::uuid, s."externalId", s.name, s.comment, s.complete
    from jsonb_to_recordset(${JSON.stringify(schemas)}::jsonb)
      as s("externalId" text, name text, comment text, complete boolean)
    on conflict (job_id, external_id) do update set
      name = excluded.name, comment = excluded.comment, complete = excluded.complete`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

import type { CatalogScope, DiscoveredSchema, RelationKind, UnreadRelation } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import { inScope } from './in-scope.ts'

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
  sourceFingerprint: string
  readable: boolean
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
      (job_id, external_id, schema_name, name, kind, fingerprint, document, comment, columns, source_fingerprint, readable)
    select ${lease.jobId}::uuid, r.external_id, r.schema_name, r.name, r.kind, r.fingerprint, r.document::jsonb, r.comment, r.columns,
      r.source_fingerprint, r.readable
    from unnest(${column((r) => r.externalId)}::text[], ${column((r) => r.schema)}::text[], ${column((r) => r.name)}::text[],
      ${column((r) => r.kind)}::text[], ${column((r) => r.fingerprint)}::text[], ${column((r) => r.documentJson)}::text[],
      ${column((r) => r.comment)}::text[], ${column((r) => r.columns)}::int[],
      ${column((r) => r.sourceFingerprint)}::text[], ${column((r) => r.readable)}::boolean[])
      as r(external_id, schema_name, name, kind, fingerprint, document, comment, columns, source_fingerprint, readable)
    on conflict (job_id, external_id) do update set schema_name = excluded.schema_name, name = excluded.name,
      kind = excluded.kind, fingerprint = excluded.fingerprint, document = excluded.document,
      comment = excluded.comment, columns = excluded.columns, source_fingerprint = excluded.source_fingerprint,
      readable = excluded.readable, known_asset_id = null`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** What the source said of each relation in scope when it was read last, by `externalId`. */
export async function knownRelations(
  db: Database,
  connectionId: string,
  scope: CatalogScope,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ externalId: string; fingerprint: string }>`
    select a.external_id as "externalId", a.source_fingerprint as fingerprint
    from asset a join asset s on s.id = a.schema_id
    where a.connection_id = ${connectionId}::uuid and a.removed_at is null and a.source_fingerprint is not null
      and ${inScope(scope, { schema: sql`s.name`, name: sql`a.name` })}`.execute(db)
  return new Map(rows.map(({ externalId, fingerprint }) => [externalId, fingerprint]))
}

export interface StagedUnchanged {
  externalId: string
  sourceFingerprint: string
  readable: boolean
  columns: number
}

/**
 * Relations that the source knows by the fingerprint which the record gave it: they are what the asset says.
 *
 * @throws Error when the asset has become another meanwhile: the catalog must be read again
 */
export async function stageUnchanged(
  db: Database,
  lease: StepLease,
  connectionId: string,
  relations: readonly StagedUnchanged[],
): Promise<void> {
  if (relations.length === 0) return
  await underLease(db, lease, async (trx) => {
    const { numAffectedRows } = await sql`
      insert into discovered_relation (job_id, external_id, schema_name, name, kind, fingerprint, comment, columns,
        source_fingerprint, readable, known_asset_id)
      select ${lease.jobId}::uuid, a.external_id, s.name, a.name, a.kind, a.fingerprint, a.comment, r.columns,
        a.source_fingerprint, r.readable, a.id
      from jsonb_to_recordset(${JSON.stringify(relations)}::jsonb)
        as r("externalId" text, "sourceFingerprint" text, readable boolean, columns int)
      join asset a on a.connection_id = ${connectionId}::uuid and a.external_id = r."externalId"
        and a.source_fingerprint = r."sourceFingerprint" and a.removed_at is null
      join asset s on s.id = a.schema_id
      on conflict (job_id, external_id) do nothing`.execute(trx)
    if (Number(numAffectedRows ?? 0) !== relations.length) throw new Error('The catalog changed while it was read')
  })
}

/** Relations of which nothing but the name was read; that one of them is there is all that is kept. */
export async function stageUnread(db: Database, lease: StepLease, relations: readonly UnreadRelation[]): Promise<void> {
  if (relations.length === 0) return
  await underLease(db, lease, (trx) =>
    sql`
      insert into discovered_relation (job_id, external_id, schema_name, name, kind, fingerprint, unread)
      select ${lease.jobId}::uuid, r."externalId", r.schema, r.name, r.kind, '', r.why
      from jsonb_to_recordset(${JSON.stringify(relations)}::jsonb)
        as r("externalId" text, schema text, name text, kind text, why text)
      on conflict (job_id, external_id) do nothing`.execute(trx),
  )
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

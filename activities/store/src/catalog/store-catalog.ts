import { longestChangeText, type StoredCatalog } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'
import type { DiscoveryScope } from './match-catalog.ts'
import { addImpact } from './change-impact.ts'
import { moveMemories } from './move-memories.ts'
import { renameColumns } from './rename-columns.ts'

/**
 * Makes what was discovered the catalog, in one transaction: assets with their versions, what is gone, the changes, the
 * snapshot. It only follows what the comparison decided, so an ended job, whose staging is gone, cannot remove anything.
 *
 * Idempotent: a snapshot is written once a job, a repeated call answers with its counts.
 */
export async function storeCatalog(
  db: Database,
  lease: StepLease,
  scope: DiscoveryScope,
  signal: AbortSignal,
): Promise<StoredCatalog> {
  return bulkUnderLease(db, lease, async (trx) => {
    await sql`select from asset where id = ${scope.databaseId}::uuid for no key update`.execute(trx)
    const stored = await storedCounts(trx, scope.jobId)
    if (stored) return stored
    const steps = [
      removeGone,
      moveMemories,
      freeIdentities,
      addSchemas,
      addRelations,
      updateSchemas,
      updateRelations,
      refreshSame,
    ]
    for (const step of steps) {
      signal.throwIfAborted()
      await step(trx, scope)
    }
    await addVersions(trx, scope)
    await renameColumns(trx, scope.jobId)
    await addChanges(trx, scope)
    const counts = await countCatalog(trx, scope)
    await addSnapshot(trx, scope, counts)
    await addImpact(trx, scope)
    for (const table of staging) await trx.deleteFrom(table).where('job_id', '=', scope.jobId).execute()
    return counts
  })
}

const staging = ['discovered_change', 'discovered_match', 'discovered_relation', 'discovered_schema'] as const

async function storedCounts(trx: Trx, jobId: string): Promise<StoredCatalog | undefined> {
  const { rows } = await sql<{ counts: StoredCatalog }>`
    select counts from snapshot where job_id = ${jobId}::uuid`.execute(trx)
  return rows[0]?.counts
}

async function removeGone(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    update asset a set removed_at = now(), updated_at = now(), folded = m.state = 'folded'
    from discovered_match m
    where m.job_id = ${jobId}::uuid and m.state in ('removed', 'folded') and a.id = m.asset_id
      and a.connection_id = ${connectionId}::uuid`.execute(trx)
}

/** Identities are unique at every moment, and a rebuilt source hands them out anew in circles: first all are let go. */
async function freeIdentities(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    update asset a set external_id = 'freed:' || a.id
    from discovered_match m
    where m.job_id = ${jobId}::uuid and m.state = 'changed' and a.id = m.asset_id
      and a.connection_id = ${connectionId}::uuid and a.external_id <> m.external_id`.execute(trx)
}

async function addSchemas(trx: Trx, scope: DiscoveryScope): Promise<void> {
  await sql`
    insert into asset (id, organization_id, connection_id, parent_id, database_id, kind, name, qualified_name,
      external_id, comment)
    select m.asset_id, ${scope.organizationId}::uuid, ${scope.connectionId}::uuid, m.parent_id, ${scope.databaseId}::uuid,
      'schema', s.name, m.qualified_name, m.external_id, s.comment
    from discovered_match m
    join discovered_schema s on s.job_id = m.job_id and s.external_id = m.external_id
    where m.job_id = ${scope.jobId}::uuid and m.state = 'new'`.execute(trx)
}

async function addRelations(trx: Trx, scope: DiscoveryScope): Promise<void> {
  await sql`
    insert into asset (id, organization_id, connection_id, parent_id, database_id, schema_id, kind, name, qualified_name,
      external_id, document, fingerprint, comment, source_fingerprint, unreadable_since)
    select m.asset_id, ${scope.organizationId}::uuid, ${scope.connectionId}::uuid, m.parent_id, ${scope.databaseId}::uuid,
      m.parent_id, r.kind, r.name, m.qualified_name, m.external_id, r.document, r.fingerprint, r.comment,
      r.source_fingerprint, case when not r.readable then now() end
    from discovered_match m
    join discovered_relation r on r.job_id = m.job_id and r.external_id = m.external_id
    where m.job_id = ${scope.jobId}::uuid and m.state = 'new'`.execute(trx)
}

async function updateSchemas(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    update asset a set name = s.name, qualified_name = m.qualified_name, external_id = m.external_id, comment = s.comment,
      updated_at = now(), removed_at = null
    from discovered_match m
    join discovered_schema s on s.job_id = m.job_id and s.external_id = m.external_id
    where m.job_id = ${jobId}::uuid and m.state in ('changed', 'restored') and a.id = m.asset_id
      and a.connection_id = ${connectionId}::uuid`.execute(trx)
}

async function updateRelations(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    update asset a set name = r.name, qualified_name = m.qualified_name, external_id = m.external_id,
      parent_id = m.parent_id, schema_id = m.parent_id, kind = r.kind,
      document = coalesce(r.document, a.document), fingerprint = r.fingerprint, comment = r.comment, updated_at = now(),
      removed_at = null, folded = false, source_fingerprint = r.source_fingerprint, unreadable_since = ${unreadableSince}
    from discovered_match m
    join discovered_relation r on r.job_id = m.job_id and r.external_id = m.external_id
    where m.job_id = ${jobId}::uuid and m.state in ('changed', 'restored') and a.id = m.asset_id
      and a.connection_id = ${connectionId}::uuid`.execute(trx)
}

const unreadableSince = sql`case when not r.readable then coalesce(a.unreadable_since, now()) end`

/** Of what is the same: how the source knows it now, and whether the role may still read it. */
async function refreshSame(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    update asset a set source_fingerprint = r.source_fingerprint, unreadable_since = ${unreadableSince}
    from discovered_match m
    join discovered_relation r on r.job_id = m.job_id and r.external_id = m.external_id
    where m.job_id = ${jobId}::uuid and m.state = 'same' and a.id = m.asset_id and a.connection_id = ${connectionId}::uuid
      and (a.source_fingerprint is distinct from r.source_fingerprint or (a.unreadable_since is null) <> r.readable)`.execute(
    trx,
  )
}

async function addVersions(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    insert into asset_version (asset_id, job_id, name, fingerprint, document, kind, schema_name, external_id)
    select a.id, m.job_id, a.name, case when m.state <> 'removed' then a.fingerprint end,
      case when m.state <> 'removed' then a.document end, a.kind, schema.name, m.external_id
    from discovered_match m
    join asset a on a.id = m.asset_id and a.connection_id = ${connectionId}::uuid
    join asset schema on schema.id = a.schema_id and schema.connection_id = ${connectionId}::uuid
    where m.job_id = ${jobId}::uuid and m.state not in ('same', 'folded') and a.kind <> 'schema'`.execute(trx)
}

const readable = (column: string) => {
  const text = sql.ref(column)
  return sql`case when length(${text}) > ${longestChangeText}::int then left(${text}, ${longestChangeText - 1}::int) || '…' else ${text} end`
}

async function addChanges(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<void> {
  await sql`
    insert into schema_change (organization_id, asset_id, schema_id, database_id, job_id, kind, column_name, before, after,
      breaking, reason)
    select a.organization_id, a.id, case when a.kind = 'schema' then a.id else a.schema_id end, a.database_id, c.job_id,
      c.kind, c.column_name, ${readable('c.before')}, ${readable('c.after')}, c.breaking, c.reason
    from discovered_change c join asset a on a.id = c.asset_id and a.connection_id = ${connectionId}::uuid
    where c.job_id = ${jobId}::uuid
    order by c.position`.execute(trx)
}

const none: StoredCatalog = {
  schemas: 0,
  tables: 0,
  views: 0,
  columns: 0,
  changes: 0,
  breaking: 0,
  incomplete: 0,
  locked: 0,
  toTag: 0,
  toTrace: 0,
  first: false,
}

/** What this job found; what is left to tag and trace is counted over all that the connection has. */
async function countCatalog(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<StoredCatalog> {
  const { rows } = await sql<StoredCatalog>`
    select s.schemas, s.incomplete, r.tables, r.views, r.columns, r.locked, c.changes, c.breaking, a."toTag", a."toTrace",
      not exists (select from snapshot where connection_id = ${connectionId}::uuid) as first
    from
      (select count(*) as schemas, count(*) filter (where not complete) as incomplete from discovered_schema where job_id = ${jobId}::uuid) s,
      (select count(*) filter (where unread is null and kind in ('table', 'external_table')) as tables,
        count(*) filter (where unread is null and kind in ('view', 'materialized_view')) as views,
        count(*) filter (where unread = 'locked') as locked, coalesce(sum(columns), 0) as columns
        from discovered_relation where job_id = ${jobId}::uuid) r,
      (select count(*) as changes, count(*) filter (where breaking) as breaking
        from discovered_change where job_id = ${jobId}::uuid) c,
      (select count(*) filter (where tagged_fingerprint is distinct from fingerprint) as "toTag",
        count(*) filter (where traced_fingerprint is distinct from fingerprint) as "toTrace"
        from asset where connection_id = ${connectionId}::uuid and removed_at is null and fingerprint is not null) a`.execute(
    trx,
  )
  return rows[0] ?? none
}

async function addSnapshot(trx: Trx, scope: DiscoveryScope, counts: StoredCatalog): Promise<void> {
  await sql`
    insert into snapshot (job_id, organization_id, connection_id, scopes, counts, scope)
    select ${scope.jobId}::uuid, ${scope.organizationId}::uuid, ${scope.connectionId}::uuid,
      coalesce(jsonb_agg(jsonb_strip_nulls(
        jsonb_build_object('name', s.name, 'complete', s.complete, 'unread', u.names)) order by s.name), '[]'),
      ${JSON.stringify(counts)}::jsonb, ${JSON.stringify(scope.looked)}::jsonb
    from discovered_schema s
    left join (select schema_name, jsonb_agg(name order by name) as names from discovered_relation
      where job_id = ${scope.jobId}::uuid and unread = 'locked' group by schema_name) u on u.schema_name = s.name
    where s.job_id = ${scope.jobId}::uuid`.execute(trx)
}

import type { ChangeKind, RelationDocument, RelationKind, SchemaChange } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { bulkUnderLease, type StepLease } from '../jobs/step-lease.ts'
import { allowNestedLoops } from './bulk-transaction.ts'
import { dropFollowing, type ChangeText } from './drop-following.ts'
import { tellDetachedPartitions } from './detached-partitions.ts'
import { lookedBefore, schemaWasLookedFor, wasLookedFor } from './looked-before.ts'
import { matchCatalog, type DiscoveryScope, type Identities } from './match-catalog.ts'
import { holdBackRemovals } from './removal-limit.ts'

export interface RelationState {
  schema: string
  name: string
  kind: RelationKind
  /** Null on both sides when the structure is the same and only the name or place changed. */
  document: RelationDocument | null
}

/**
 * Whether the source calls both by the same identity, so that their columns can be told apart by theirs; unknown where identities
 * say nothing.
 */
export type PairIdentity = 'same' | 'other' | 'unknown'

/** An asset as the record has it, and as it was found now. */
export interface RelationPair {
  identity: PairIdentity
  before: RelationState
  after: RelationState
}

export interface SchemaPair {
  before: { name: string; comment: string | null }
  after: { name: string; comment: string | null }
}

/** The pure comparison, given by the caller: the store knows rows, not what a change means. */
export interface CatalogDiff {
  relation(pair: RelationPair): SchemaChange[]
  schema(pair: SchemaPair): SchemaChange[]
  /** Of a change that needs no looking at what changed. */
  verdict(kind: ChangeKind): { breaking: boolean; reason: string }
  /** Given all that was renamed: whether a change says no more than that. */
  onlyFollows: (renames: Iterable<ChangeText>) => (change: ChangeText) => boolean
}

export interface ComparisonHooks {
  /** From 0 to 1: with more of what is known gone, nothing is compared. */
  maxRemovedShare: number
  signal: AbortSignal
  /** Called with the number of changed relations looked at. */
  onProgress(done: number, total: number): void
}

interface ChangeRow {
  externalId: string
  assetId: string
  change: SchemaChange
}

/** Pairs fetched and changes written at once: a few megabytes of documents. */
const pageSize = 500

/**
 * Matches what was discovered with the assets and writes what changed, in one transaction: a repeated call starts over. Only
 * changed documents leave the database. The first time a schema is seen is its baseline, not a change.
 *
 * @returns how many changes were found
 * @throws RemovalHeldBackError when too much would be removed
 */
export async function compareCatalog(
  db: Database,
  lease: StepLease,
  scope: DiscoveryScope,
  diff: CatalogDiff,
  hooks: ComparisonHooks,
): Promise<number> {
  return bulkUnderLease(db, lease, async (trx) => {
    await trx.deleteFrom('discovered_change').where('job_id', '=', scope.jobId).execute()
    const identities = await matchCatalog(trx, scope)
    await holdBackRemovals(trx, scope, hooks.maxRemovedShare)
    hooks.signal.throwIfAborted()
    const writer = changeWriter(trx, scope.jobId, await writeAddedAndRemoved(trx, scope, diff))
    if (identities === 'rebuilt') await writer.write(await rebuiltDatabase(trx, scope, diff))
    await writer.write(await changedSchemas(trx, scope, diff))
    await allowNestedLoops(trx)
    await compareRelations({ trx, scope, diff, hooks, identities }, writer.write)
    const written = writer.written()
    const followed = await dropFollowing(trx, scope.jobId, diff.onlyFollows)
    return written - followed + (await tellDetachedPartitions(trx, scope, written))
  })
}

/** Numbers the changes in the order they come. */
function changeWriter(trx: Trx, jobId: string, start: number) {
  let position = start
  const write = async (changes: ChangeRow[]): Promise<void> => {
    if (changes.length === 0) return
    const rows = changes.map((row) => ({ ...row.change, e: row.externalId, a: row.assetId, p: position++ }))
    await sql`
      insert into discovered_change
        (job_id, position, external_id, asset_id, kind, column_name, before, after, breaking, reason)
      select ${jobId}::uuid, c.p, c.e, c.a, c.kind, c."column", c.before, c.after, c.breaking, c.reason
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(p int, e text, a uuid, kind text, "column" text,
        before text, after text, breaking boolean, reason text)`.execute(trx)
  }
  return { write, written: () => position }
}

/**
 * Objects that appeared or went, as one statement. What nobody looked for before is a baseline; what appears where a discovery
 * looked already was added. A partition that comes back from being folded was there all the time.
 */
async function writeAddedAndRemoved(trx: Trx, scope: DiscoveryScope, diff: CatalogDiff): Promise<number> {
  const looked = await lookedBefore(trx, scope.connectionId)
  const verdicts = JSON.stringify(wholeObjectKinds.map((kind) => ({ kind, ...diff.verdict(kind) })))
  const names = { schema: sql`c.schema_name`, name: sql`c.name`, partition: sql`c.partition` }
  const result = await sql`
    insert into discovered_change (job_id, position, external_id, asset_id, kind, before, after, breaking, reason)
    select ${scope.jobId}::uuid, row_number() over (order by c.relation, c.qualified_name) - 1, c.external_id, c.asset_id,
      v.kind, case when c.removed then c.qualified_name end, case when c.removed then null else c.qualified_name end,
      v.breaking, v.reason
    from (
      select m.external_id, m.asset_id, m.qualified_name, m.state, m.state = 'removed' as removed,
        m.parent_id is distinct from ${scope.databaseId}::uuid as relation,
        coalesce(r.schema_name, s.name) as schema_name, r.name,
        coalesce(r.document ->> 'partitionOf' is not null, false) as partition, coalesce(a.folded, false) as folded
      from discovered_match m
      left join discovered_relation r on r.job_id = ${scope.jobId}::uuid and r.external_id = m.external_id
      left join discovered_schema s on s.job_id = ${scope.jobId}::uuid and s.external_id = m.external_id
      left join asset a on a.connection_id = ${scope.connectionId}::uuid and a.id = m.asset_id
      where m.job_id = ${scope.jobId}::uuid and m.state in ('new', 'restored', 'removed')
    ) c
    join jsonb_to_recordset(${verdicts}::jsonb) as v(kind text, breaking boolean, reason text)
      on v.kind = case when c.relation then 'table' else 'schema' end || case when c.removed then '_removed' else '_added' end
    where case c.state when 'removed' then true when 'restored' then not c.folded
      else case when c.relation then ${wasLookedFor(looked, names)} else ${schemaWasLookedFor(looked, sql`c.schema_name`)} end
      end`.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}

const wholeObjectKinds = ['schema_added', 'schema_removed', 'table_added', 'table_removed'] as const

async function changedSchemas(trx: Trx, scope: DiscoveryScope, diff: CatalogDiff): Promise<ChangeRow[]> {
  const { rows } = await sql<{
    external_id: string
    asset_id: string
    before: SchemaPair['before']
    after: SchemaPair['after']
  }>`
    select m.external_id, m.asset_id, jsonb_build_object('name', a.name, 'comment', a.comment) as before,
      jsonb_build_object('name', s.name, 'comment', s.comment) as after
    from discovered_match m
    join discovered_schema s on s.job_id = m.job_id and s.external_id = m.external_id
    join asset a on a.id = m.asset_id and a.connection_id = ${scope.connectionId}::uuid
    where m.job_id = ${scope.jobId}::uuid and m.state = 'changed'
    order by m.external_id`.execute(trx)
  return rows.flatMap((row) =>
    diff.schema(row).map((change) => ({ externalId: row.external_id, assetId: row.asset_id, change })),
  )
}

/** Told once, of the database, instead of every table in it. */
async function rebuiltDatabase(trx: Trx, { databaseId }: DiscoveryScope, diff: CatalogDiff): Promise<ChangeRow[]> {
  const kind = 'database_rebuilt'
  const { external_id: externalId } = await trx
    .selectFrom('asset')
    .select('external_id')
    .where('id', '=', databaseId)
    .executeTakeFirstOrThrow()
  const change = { kind, column: null, before: null, after: null, ...diff.verdict(kind) } as const
  return [{ externalId, assetId: databaseId, change }]
}

interface Comparing {
  trx: Trx
  scope: DiscoveryScope
  diff: CatalogDiff
  hooks: ComparisonHooks
  identities: Identities
}

async function compareRelations(
  { trx, scope, diff, hooks, identities }: Comparing,
  write: (changes: ChangeRow[]) => Promise<void>,
): Promise<void> {
  const total = await countChangedRelations(trx, scope.jobId)
  let after = ''
  for (let done = 0; done < total;) {
    hooks.signal.throwIfAborted()
    const page = await changedRelations(trx, scope.jobId, after)
    const last = page.at(-1)
    if (!last) return
    await write(
      page.flatMap((row) =>
        diff
          .relation(pairOf(row, identities))
          .map((change) => ({ externalId: row.external_id, assetId: row.asset_id, change })),
      ),
    )
    after = last.external_id
    done += page.length
    hooks.onProgress(done, total)
  }
}

async function countChangedRelations(trx: Trx, jobId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from discovered_match m
    join discovered_relation r on r.job_id = m.job_id and r.external_id = m.external_id
    where m.job_id = ${jobId}::uuid and m.state = 'changed'`.execute(trx)
  return rows[0]?.count ?? 0
}

interface PairRow {
  external_id: string
  asset_id: string
  identity_before: string
  schema_before: string
  name_before: string
  kind_before: RelationKind
  document_before: RelationDocument | null
  schema_after: string
  name_after: string
  kind_after: RelationKind
  document_after: RelationDocument | null
}

/**
 * A schema that was only renamed moves nothing: when a relation stayed in the same schema asset, both sides show the name
 * that it has now.
 */
async function changedRelations(trx: Trx, jobId: string, after: string): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    with page as materialized (
      select m.job_id, m.external_id, m.asset_id, m.parent_id from discovered_match m
      where m.job_id = ${jobId}::uuid and m.state = 'changed' and m.external_id > ${after}
        and exists (select from discovered_relation r where r.job_id = m.job_id and r.external_id = m.external_id)
      order by m.external_id
      limit ${pageSize}
    )
    select m.external_id, m.asset_id, a.external_id as identity_before,
      case when a.parent_id = m.parent_id then r.schema_name else schema.name end as schema_before,
      a.name as name_before, a.kind as kind_before,
      case when a.fingerprint = r.fingerprint then null else a.document end as document_before,
      r.schema_name as schema_after, r.name as name_after, r.kind as kind_after,
      case when a.fingerprint = r.fingerprint then null else r.document end as document_after
    from page m
    join discovered_relation r on r.job_id = m.job_id and r.external_id = m.external_id
    join asset a on a.id = m.asset_id
    join asset schema on schema.id = a.parent_id
    order by m.external_id`.execute(trx)
  return rows
}

const pairOf = (row: PairRow, identities: Identities): RelationPair => ({
  identity: identityOf(row.identity_before, row.external_id, identities),
  before: { schema: row.schema_before, name: row.name_before, kind: row.kind_before, document: row.document_before },
  after: { schema: row.schema_after, name: row.name_after, kind: row.kind_after, document: row.document_after },
})

function identityOf(before: string, after: string, identities: Identities): PairIdentity {
  if (before === after) return 'same'
  return identities === 'rebuilt' ? 'unknown' : 'other'
}

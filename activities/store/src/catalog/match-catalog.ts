import { scopePatterns, scopeSeparator, type CatalogScope } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import { newIdInSql } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { matches } from './in-scope.ts'
import { sqlQuotedPart } from './qualified-name.ts'

/** What a comparison is about. */
export interface DiscoveryScope {
  jobId: string
  organizationId: string
  connectionId: string
  /** The asset of kind database. */
  databaseId: string
  /** What was looked at: what lies outside of it cannot be missing. */
  looked: CatalogScope
}

interface Level {
  /** The discovered objects: external_id, name, parent_id, qualified_name, mark (what shows that it changed). */
  found: RawBuilder<unknown>
  /** Which assets they can be. */
  candidates: RawBuilder<boolean>
  mark: RawBuilder<string>
  /** Some are known to be an asset, by the source's own fingerprint: found also has known_asset_id. */
  knows: boolean
}

/**
 * Decides which asset each discovered object is, and which assets are gone.
 *
 * By the identity of the source first, which follows renames; then by qualified name, so that an object that was dropped and
 * created again, or was removed for a while, keeps its id and all that hangs on it. Statement by statement, each excluding by
 * index what the ones before matched: no plan degrades to the square of 100,000 tables.
 *
 * @returns whether the identities of the source say something of what was created again
 */
export async function matchCatalog(trx: Trx, scope: DiscoveryScope): Promise<Identities> {
  await trx.deleteFrom('discovered_match').where('job_id', '=', scope.jobId).execute()
  const trusted = await identitiesHold(trx, scope)
  for (const level of [schemaLevel(scope), relationLevel(scope)]) {
    if (level.knows) await matchKnown(trx, scope, level)
    if (trusted) await matchByIdentity(trx, scope, level)
    await matchByName(trx, scope, level)
    await addUnmatched(trx, scope, level)
  }
  await markRemoved(trx, scope)
  return trusted && !(await mostAreNew(trx, scope)) ? 'kept' : 'rebuilt'
}

/** Rebuilt: the source gave most of its relations other identities, as when a dump is restored. */
export type Identities = 'kept' | 'rebuilt'

/** Of the relations that were found again by their names and only by those. */
async function mostAreNew(trx: Trx, { jobId, connectionId, databaseId }: DiscoveryScope): Promise<boolean> {
  const { rows } = await sql<{ kept: number; renewed: number }>`
    select count(*) filter (where a.external_id = m.external_id) as kept,
      count(*) filter (where a.external_id <> m.external_id) as renewed
    from discovered_match m join asset a on a.connection_id = ${connectionId}::uuid and a.id = m.asset_id
    where m.job_id = ${jobId}::uuid and m.state in ('same', 'changed') and m.parent_id is distinct from ${databaseId}::uuid`.execute(
    trx,
  )
  const { kept, renewed } = rows[0] ?? { kept: 0, renewed: 0 }
  return renewed >= minRebuiltTables && renewed > kept
}

/** Below this many the names may have been changed by hand, all of them. */
const minRebuiltTables = 10

/**
 * False when the database behind the connection was rebuilt (restored from a dump): then the identities were handed out anew,
 * most of them to other tables, and following them would report hundreds of renames that never were.
 */
async function identitiesHold(trx: Trx, { jobId, connectionId }: DiscoveryScope): Promise<boolean> {
  const { rows } = await sql<{ same: number; other: number }>`
    select count(*) filter (where a.name = r.name) as same, count(*) filter (where a.name <> r.name) as other
    from discovered_relation r
    join asset a on a.connection_id = ${connectionId}::uuid and a.external_id = r.external_id and a.removed_at is null
    where r.job_id = ${jobId}::uuid`.execute(trx)
  const { same, other } = rows[0] ?? { same: 0, other: 0 }
  return other < minRebuiltTables || other <= same
}

const schemaLevel = ({ jobId, databaseId }: DiscoveryScope): Level => ({
  found: sql`select s.external_id, s.name, db.id as parent_id,
      db.qualified_name || '.' || ${sqlQuotedPart('s.name')} as qualified_name, coalesce(s.comment, '') as mark
    from discovered_schema s join asset db on db.id = ${databaseId}::uuid
    where s.job_id = ${jobId}::uuid`,
  candidates: sql<boolean>`a.kind = 'schema'`,
  mark: sql<string>`coalesce(a.comment, '')`,
  knows: false,
})

const relationLevel = ({ jobId }: DiscoveryScope): Level => ({
  found: sql`select r.external_id, r.name, m.asset_id as parent_id,
      m.qualified_name || '.' || ${sqlQuotedPart('r.name')} as qualified_name, r.fingerprint as mark,
      r.known_asset_id
    from discovered_relation r
    join discovered_schema s on s.job_id = r.job_id and s.name = r.schema_name
    join discovered_match m on m.job_id = r.job_id and m.external_id = s.external_id and m.state <> 'removed'
    where r.job_id = ${jobId}::uuid and r.unread is null`,
  // What is there and was not read keeps its asset, also when another relation has its name by now.
  candidates: sql<boolean>`a.kind not in ('database', 'schema') and not exists (select from discovered_relation u
    where u.job_id = ${jobId}::uuid and u.external_id = a.external_id and u.unread is not null)`,
  mark: sql<string>`a.fingerprint`,
  knows: true,
})

const stateOf = (level: Level) => sql`case
  when a.removed_at is not null then 'restored'
  when a.external_id = f.external_id and a.parent_id = f.parent_id and a.qualified_name = f.qualified_name
    and ${level.mark} = f.mark then 'same'
  else 'changed' end`

/** Name, place and structure are those of the asset, so that no other can claim it. */
async function matchKnown(trx: Trx, { jobId, connectionId }: DiscoveryScope, level: Level): Promise<void> {
  await sql`
    insert into discovered_match (job_id, asset_id, external_id, parent_id, qualified_name, state)
    select ${jobId}::uuid, a.id, f.external_id, f.parent_id, f.qualified_name, ${stateOf(level)}
    from (${level.found}) f
    join asset a on a.connection_id = ${connectionId}::uuid and a.id = f.known_asset_id and a.removed_at is null`.execute(
    trx,
  )
}

async function matchByIdentity(trx: Trx, { jobId, connectionId }: DiscoveryScope, level: Level): Promise<void> {
  await sql`
    insert into discovered_match (job_id, asset_id, external_id, parent_id, qualified_name, state)
    select ${jobId}::uuid, a.id, f.external_id, f.parent_id, f.qualified_name, ${stateOf(level)}
    from (${level.found}) f
    join asset a on a.connection_id = ${connectionId}::uuid and a.external_id = f.external_id
      and a.removed_at is null and ${level.candidates}
    where not exists (select from discovered_match m
      where m.job_id = ${jobId}::uuid and m.external_id = f.external_id)`.execute(trx)
}

/** Of several assets that once had the name, the one that is there now, else the one removed last. */
async function matchByName(trx: Trx, { jobId, connectionId }: DiscoveryScope, level: Level): Promise<void> {
  await sql`
    insert into discovered_match (job_id, asset_id, external_id, parent_id, qualified_name, state)
    select distinct on (f.external_id)
      ${jobId}::uuid, a.id, f.external_id, f.parent_id, f.qualified_name, ${stateOf(level)}
    from (${level.found}) f
    join asset a on a.connection_id = ${connectionId}::uuid and a.qualified_name = f.qualified_name and ${level.candidates}
    where not exists (select from discovered_match m
        where m.job_id = ${jobId}::uuid and m.external_id = f.external_id and m.state <> 'removed')
      and not exists (select from discovered_match m where m.job_id = ${jobId}::uuid and m.asset_id = a.id)
    order by f.external_id, a.removed_at desc nulls first`.execute(trx)
}

async function addUnmatched(trx: Trx, { jobId }: DiscoveryScope, level: Level): Promise<void> {
  await sql`
    insert into discovered_match (job_id, asset_id, external_id, parent_id, qualified_name, state)
    select ${jobId}::uuid, ${newIdInSql}, f.external_id, f.parent_id, f.qualified_name, 'new'
    from (${level.found}) f
    where not exists (select from discovered_match m
      where m.job_id = ${jobId}::uuid and m.external_id = f.external_id and m.state <> 'removed')`.execute(trx)
}

/**
 * Gone is only what was looked for and not found: a relation of a schema that was read completely, or a schema (with all in
 * it) when every schema was listed. What the source says is there though it was not read stays, with its schema. A partition that is
 * folded into its table is put away, which is no removal.
 */
async function markRemoved(trx: Trx, { jobId, connectionId, looked }: DiscoveryScope): Promise<void> {
  const patterns = scopePatterns(looked)
  const listed = sql`${looked.schemas}::text[] is null`
  await sql`
    with standing as materialized (
      select a.id, a.schema_id from discovered_relation u
      join asset a on a.connection_id = ${connectionId}::uuid and a.removed_at is null and a.external_id = u.external_id
      where u.job_id = ${jobId}::uuid and u.unread is not null
      union
      select a.id, a.schema_id from discovered_relation u
      join asset s on s.connection_id = ${connectionId}::uuid and s.removed_at is null and s.kind = 'schema' and s.name = u.schema_name
      join asset a on a.connection_id = ${connectionId}::uuid and a.removed_at is null and a.schema_id = s.id and a.name = u.name
      where u.job_id = ${jobId}::uuid and u.unread = 'locked'
    )
    insert into discovered_match (job_id, asset_id, external_id, parent_id, qualified_name, state)
    select ${jobId}::uuid, a.id, a.external_id, a.parent_id, a.qualified_name,
      case when a.document ->> 'partitionOf' is not null and ${looked.partitions}::text = 'folded' then 'folded' else 'removed' end
    from asset a
    left join asset schema on schema.id = a.schema_id and schema.connection_id = ${connectionId}::uuid
    left join discovered_match own on own.job_id = ${jobId}::uuid and own.asset_id = a.id
    left join discovered_match parent on parent.job_id = ${jobId}::uuid and parent.asset_id = a.schema_id
    left join discovered_schema s on s.job_id = ${jobId}::uuid and s.external_id = parent.external_id
    where a.connection_id = ${connectionId}::uuid and a.removed_at is null and a.kind <> 'database'
      and own.asset_id is null and not exists (select from standing where standing.id = a.id or standing.schema_id = a.id)
      and case when a.kind = 'schema' then ${listed} and ${matches(sql`a.name`, patterns.includeSchemas, patterns.excludeSchemas)}
        else case when parent.asset_id is null then ${listed} else s.complete end
          and ${matches(sql`schema.name || ${scopeSeparator} || a.name`, patterns.includeRelations, patterns.excludeRelations)} end`.execute(
    trx,
  )
}

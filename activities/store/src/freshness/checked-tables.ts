import type {
  FreshnessExpectation,
  FreshnessFinding,
  FreshnessVerdict,
  RelationKind,
  TableMemory,
} from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'
import { chooseTables, holdsRows, type SelectionScope } from '../selection/choose-tables.ts'
import { keepFound, onPage, type SelectionPage } from '../selection/selected-tables.ts'

/** Tells one expectation from another, and from none. Kept beside a verdict, which holds as long as it is the same. */
export const expectationMark = (expectation: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`md5(coalesce(${expectation}::text, ''))`

/** A chosen relation, with what is expected of it. */
export interface TableToCheck {
  assetId: string
  externalId: string
  kind: RelationKind
  schema: string
  name: string
  qualifiedName: string
  /** A person's, of it or of what it lies in; null: nobody said anything. */
  expectation: FreshnessExpectation | null
}

/** Of a relation `a`: its own expectation, else its schema's, else its database's. */
export const nearestExpectation = sql`(
  select e.expectation from freshness_expectation e
  where e.asset_id in (a.id, a.schema_id, a.database_id)
  order by e.asset_id <> a.id, e.asset_id is distinct from a.schema_id limit 1)`

/**
 * Chooses the relations below an asset. A partition is told by the table it belongs to, and by itself only where a person expects
 * something of it, or asked for it alone: old ones are not written to any more, and are none the worse.
 *
 * @returns how many were chosen
 * @throws NotDiscoveredError, AssetGoneError
 */
export async function selectForFreshness(db: Database, lease: StepLease, scope: SelectionScope): Promise<number> {
  const which = sql`a.document is not null and ${holdsRows}
    and (a.document ->> 'partitionOf' is null or a.id = ${scope.assetId}::uuid
      or exists (select from freshness_expectation e where e.asset_id = a.id))`
  return chooseTables(db, lease, scope, which)
}

/** The chosen relations that are still there. */
export async function tablesToCheck(db: Database, jobId: string, page: SelectionPage): Promise<TableToCheck[]> {
  const { rows } = await sql<TableToCheck>`
    select a.id as "assetId", a.external_id as "externalId", a.kind, a.qualified_name as "qualifiedName",
      n.name as schema, a.name, ${nearestExpectation} as expectation
    from selected_table s join asset a on a.id = s.asset_id join asset n on n.id = a.schema_id
    where s.job_id = ${jobId}::uuid and a.removed_at is null
    ${onPage('s.asset_id', page)}`.execute(db)
  return rows
}

/** What the check before saw, by external id; what was never seen is left out. */
export async function tableMemories(
  db: Database,
  connectionId: string,
  externalIds: readonly string[],
): Promise<Map<string, TableMemory>> {
  if (externalIds.length === 0) return new Map()
  const { rows } = await sql<{ externalId: string; memory: TableMemory }>`
    select external_id as "externalId", memory from table_memory
    where connection_id = ${connectionId}::uuid and external_id = any(${externalIds}::text[])`.execute(db)
  return new Map(rows.map(({ externalId, memory }) => [externalId, memory]))
}

export interface CheckedTable {
  assetId: string
  finding: FreshnessFinding
  memories: Record<string, TableMemory>
}

/** Stages what was found out about some tables; a repeated call replaces it. */
export async function stageChecked(
  db: Database,
  lease: StepLease,
  checkedAt: string,
  tables: readonly CheckedTable[],
): Promise<void> {
  const insert = sql`
    insert into checked_table (job_id, asset_id, finding, memories, checked_at)
    select ${lease.jobId}::uuid, m."assetId", m.finding, m.memories, ${checkedAt}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(tables)}::jsonb) as m("assetId" uuid, finding jsonb, memories jsonb)
    on conflict (job_id, asset_id) do update set finding = excluded.finding, memories = excluded.memories,
      checked_at = excluded.checked_at, verdict = null`
  await underLease(db, lease, (trx) => insert.execute(trx))
}

/** A measured table with what it is judged by. */
export interface TableToJudge {
  assetId: string
  finding: FreshnessFinding
  checkedAt: Date
  expectation: FreshnessExpectation | null
  /**
   * How it was judged before, where nothing that decides it has changed since: neither the last update nor what is expected. Then
   * its history is left out: to read and to learn from it is most of what judging costs.
   */
  before: FreshnessVerdict | null
  /** Its updates before this check, oldest first: [at, after], in milliseconds since 1970. */
  history: [at: number, after: number | null][]
}

/** More say nothing new of a rhythm: three weeks of an hourly table. */
const historyLimit = 500

/** In the order of asset ids; the history only of those that are not judged by an interval somebody gave. */
export async function tablesToJudge(db: Database, jobId: string, page: SelectionPage): Promise<TableToJudge[]> {
  const { rows } = await sql<TableToJudge>`
    select m.asset_id as "assetId", m.finding, m.checked_at as "checkedAt", e.expectation, b.verdict as before,
      coalesce(h.history, '[]') as history
    from (
      select asset_id, finding, checked_at from checked_table
      where job_id = ${jobId}::uuid ${onPage('asset_id', page)}
    ) m
    join asset a on a.id = m.asset_id
    cross join lateral (select ${nearestExpectation} as expectation) e
    left join freshness b on b.asset_id = m.asset_id
      and b.finding -> 'last' ->> 'at' = m.finding -> 'last' ->> 'at'
      and b.verdict ->> 'by' = ${expectationMark(sql`e.expectation`)}
    left join lateral (
      select jsonb_agg(jsonb_build_array(extract(epoch from u.at) * 1000, extract(epoch from u.after) * 1000) order by u.at) as history
      from (select at, after from freshness_update where asset_id = m.asset_id order by at desc limit ${historyLimit}) u
    ) h on b.asset_id is null and e.expectation ->> 'interval' is null
    order by m.asset_id`.execute(db)
  return rows
}

export async function writeVerdicts(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; verdict: FreshnessVerdict }[],
): Promise<void> {
  const found = tables.map(({ assetId, verdict }) => ({ assetId, value: verdict }))
  await keepFound(db, lease, { table: 'checked_table', column: 'verdict' }, found)
}

import type {
  AssetKind,
  FreshnessExpectation,
  FreshnessFinding,
  FreshnessMethod,
  FreshnessState,
  FreshnessVerdict,
} from '@plumbline/workflows'
import { sql } from 'kysely'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'

/** A table as the last check of it left it. */
export interface FreshnessRecord {
  asset: AssetReference
  state: FreshnessState
  since: Date
  finding: FreshnessFinding
  verdict: FreshnessVerdict
  checkedAt: Date
  jobId: string
}

/** What a person must look at comes first. */
export const stateOrder = ['stale', 'late', 'error', 'fresh', 'learning', 'unknown'] as const satisfies FreshnessState[]

const rank = sql`array_position(${sql.lit(`{${stateOrder.join(',')}}`)}::text[], f.state)`
const recordColumns = sql`
  ${assetReference} as asset,
  f.state, f.since, f.finding, f.verdict, f.checked_at as "checkedAt", f.job_id as "jobId"`

/** Of one relation; undefined when no check has looked at it. */
export async function findFreshness(
  db: Database,
  organizationId: string,
  assetId: string,
): Promise<FreshnessRecord | undefined> {
  if (!isUuid(assetId)) return undefined
  const { rows } = await sql<FreshnessRecord>`
    select ${recordColumns}
    from freshness f join asset a on a.id = f.asset_id join asset d on d.id = a.database_id
    where f.asset_id = ${assetId}::uuid and a.organization_id = ${organizationId}::uuid`.execute(db)
  return rows[0]
}

export interface FreshnessPageRequest {
  states?: readonly FreshnessState[] | undefined
  after?: { rank: number; qualifiedName: string; id: string } | undefined
  limit: number
}

/** Where relations are looked for: below a database or schema, the relation itself, or in all of the organization. */
type Place = { id: string; kind: AssetKind } | undefined

const isIn = (place: Place) => (place ? sql`${sql.ref(`a.${scopeColumn(place.kind)}`)} = ${place.id}::uuid` : sql`true`)

/** The relations of a place that were checked and are there, the worst state first. */
export async function listFreshness(
  db: Database | Trx,
  organizationId: string,
  asset: Place,
  { states, after, limit }: FreshnessPageRequest,
): Promise<(FreshnessRecord & { rank: number })[]> {
  if (asset && !isUuid(asset.id)) return []
  const { rows } = await sql<FreshnessRecord & { rank: number }>`
    select ${rank} as rank, ${recordColumns}
    from freshness f join asset a on a.id = f.asset_id join asset d on d.id = a.database_id
    where a.organization_id = ${organizationId}::uuid and ${isIn(asset)}
      and a.removed_at is null
      and ${states ? sql`f.state = any(${states}::text[])` : sql`true`}
      and ${after ? sql`(${rank}, a.qualified_name, a.id) > (${after.rank}::int, ${after.qualifiedName}, ${after.id}::uuid)` : sql`true`}
    order by rank, a.qualified_name, a.id
    limit ${limit}`.execute(db)
  return rows
}

/** How many relations of a place are in which state, and when the last of them was checked. */
export async function countFreshness(
  db: Database | Trx,
  organizationId: string,
  asset: Place,
): Promise<{ states: Map<FreshnessState, number>; checkedAt: Date | null }> {
  const { rows } = await sql<{ state: FreshnessState; tables: number; checked: Date }>`
    select f.state, count(*) as tables, max(f.checked_at) as checked
    from freshness f join asset a on a.id = f.asset_id
    where a.organization_id = ${organizationId}::uuid and ${isIn(asset)}
      and a.removed_at is null
    group by f.state`.execute(db)
  const checked = rows.map((row) => row.checked.getTime())
  return {
    states: new Map(rows.map(({ state, tables }) => [state, tables])),
    checkedAt: checked.length === 0 ? null : new Date(Math.max(...checked)),
  }
}

export interface UpdateRecord {
  at: Date
  after: Date | null
  method: FreshnessMethod
  confidence: number
}

export interface StateChange {
  at: Date
  state: FreshnessState
}

/** More are not shown, nor tried in a back-test: the newest are. */
export const maxUpdates = 3_000

/** The updates and changes of state of a relation within a span of time, oldest first, with the state it began in. */
export async function freshnessHistory(
  db: Database,
  organizationId: string,
  assetId: string,
  span: { from: Date; to: Date },
): Promise<{ updates: UpdateRecord[]; states: StateChange[] }> {
  const ofAsset = sql`asset_id = (
    select id from asset where id = ${assetId}::uuid and organization_id = ${organizationId}::uuid)`
  const [updates, states] = await Promise.all([
    sql<UpdateRecord>`
      select at, after, method, confidence from freshness_update
      where ${ofAsset} and at >= ${span.from} and at <= ${span.to}
      order by at desc limit ${maxUpdates}`.execute(db),
    sql<StateChange>`
      select at, state from freshness_state
      where ${ofAsset} and at <= ${span.to} and at >= coalesce((
        select max(at) from freshness_state where ${ofAsset} and at <= ${span.from}), ${span.from})
      order by at limit ${maxUpdates}`.execute(db),
  ])
  return { updates: updates.rows.toReversed(), states: states.rows }
}

/** What a person expects, and of which asset it was said. */
export interface ExpectationRecord {
  assetId: string
  expectation: FreshnessExpectation
  decidedBy: string
  decidedAt: Date
}

/** An asset's own expectation, else that of its schema, else that of its database. */
export async function expectationFor(
  db: Database,
  organizationId: string,
  assetId: string,
): Promise<ExpectationRecord | undefined> {
  const { rows } = await sql<ExpectationRecord>`
    select e.asset_id as "assetId", e.expectation, e.decided_by as "decidedBy", e.decided_at as "decidedAt"
    from asset a join freshness_expectation e on e.asset_id in (a.id, a.schema_id, a.database_id)
    where a.id = ${assetId}::uuid and a.organization_id = ${organizationId}::uuid
    order by e.asset_id <> a.id, e.asset_id is distinct from a.schema_id limit 1`.execute(db)
  return rows[0]
}

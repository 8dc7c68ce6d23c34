import type { AssetKind, RelationKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { scopeColumn, type AssetReference } from './assets.ts'
import type { PairIdentity, RelationState } from './compare-catalog.ts'
import { lookedBefore, wasLookedFor } from './looked-before.ts'

/** An asset that is not the same in two snapshots; null on the side where it was not there. */
export interface SnapshotDifference {
  asset: AssetReference
  identity: PairIdentity
  before: RelationState | null
  after: RelationState | null
}

interface VersionRow {
  kind: RelationKind
  schema: string
  name: string
  externalId: string | null
  document: RelationState['document']
}

interface DifferenceRow extends Omit<AssetReference, 'kind'> {
  kind: AssetKind
  unlooked: boolean
  outOfScope: number
  rebuilt: boolean
  before: VersionRow | null
  after: VersionRow | null
}

export interface SnapshotDifferences {
  /** By qualified name, `limit` at most. */
  differences: SnapshotDifference[]
  /** How many were found later of which nobody knows whether they were there before: no discovery had looked for them. */
  outOfScope: number
}

/**
 * The relations below an asset that differ between the catalogs of two moments. Only assets with a version from between them can, so
 * that two snapshots of a large catalog that is mostly the same are compared at once; documents are fetched of what is told alone.
 */
export async function snapshotDifferences(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind; connectionId: string },
  between: { from: Date; to: Date; limit: number },
): Promise<SnapshotDifferences> {
  const { from, to, limit } = between
  const [first, last] = from <= to ? [from, to] : [to, from]
  const looked = await lookedBefore(db, asset.connectionId, first)
  const found = { schema: sql`newer.schema`, name: sql`newer.name`, partition: sql`newer.partition` }
  const { rows } = await sql<DifferenceRow>`
    with changed as materialized (
      select distinct v.asset_id from asset_version v join asset a on a.id = v.asset_id
      where v.detected_at > ${first}::timestamptz and v.detected_at <= ${last}::timestamptz
        and a.organization_id = ${organizationId}::uuid and a.connection_id = ${asset.connectionId}::uuid
        and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
    ), different as (
      select c.asset_id, older.job_id as first_job, newer.job_id as last_job,
        older.job_id is null and not ${wasLookedFor(looked, found)} as unlooked
      from changed c
      left join lateral (${versionAt(first)}) older on true
      left join lateral (${versionAt(last)}) newer on true
      where (older.fingerprint, older.schema, older.name, older."externalId")
        is distinct from (newer.fingerprint, newer.schema, newer.name, newer."externalId")
    ), told as (
      select d.*, count(*) filter (where d.unlooked) over () as "outOfScope", a.kind, a.name, a.qualified_name, a.connection_id,
        a.database_id
      from different d join asset a on a.id = d.asset_id
      order by d.unlooked, a.qualified_name, a.id limit ${limit}
    )
    select t.asset_id as id, t.kind, t.name, t.qualified_name as "qualifiedName", t.connection_id as "connectionId",
      db.name as database, t.unlooked, t."outOfScope", older.version as "before", newer.version as "after",
      exists (select from schema_change s where s.database_id = t.database_id and s.kind = 'database_rebuilt'
        and s.detected_at > ${first}::timestamptz and s.detected_at <= ${last}::timestamptz) as rebuilt
    from told t
    join asset db on db.id = t.database_id
    left join lateral (${versionOf('first_job')}) older on true
    left join lateral (${versionOf('last_job')}) newer on true
    order by t.qualified_name, t.asset_id`.execute(db)
  const told = rows.filter(({ unlooked }) => !unlooked)
  return {
    differences: told.map((row) => differenceOf(from <= to ? row : { ...row, before: row.after, after: row.before })),
    outOfScope: rows[0]?.outOfScope ?? 0,
  }
}

/** What an asset was at a moment, but for its document: its newest version until then, with no fingerprint when it was gone. */
const versionAt = (moment: Date) => sql`
  select v.job_id, v.fingerprint, case when v.fingerprint is not null then coalesce(v.schema_name, schema.name) end as schema,
    case when v.fingerprint is not null then v.name end as name,
    case when v.fingerprint is not null then v.external_id end as "externalId",
    v.document ->> 'partitionOf' is not null as partition
  from asset_version v join asset a on a.id = v.asset_id left join asset schema on schema.id = a.schema_id
  where v.asset_id = c.asset_id and v.detected_at <= ${moment} order by v.detected_at desc limit 1`

const versionOf = (job: 'first_job' | 'last_job') => sql`
  select jsonb_build_object('kind', coalesce(v.kind, t.kind), 'schema', coalesce(v.schema_name, schema.name), 'name', v.name,
    'externalId', v.external_id, 'document', v.document) as version
  from asset_version v join asset a on a.id = v.asset_id left join asset schema on schema.id = a.schema_id
  where not t.unlooked and v.asset_id = t.asset_id and v.job_id = t.${sql.ref(job)} and v.fingerprint is not null`

function differenceOf(row: DifferenceRow): SnapshotDifference {
  const { id, kind, name, qualifiedName, connectionId, database, before, after } = row
  return {
    asset: { id, kind, name, qualifiedName, connectionId, database },
    identity: identityOf(row),
    before: before && stateOf(before),
    after: after && stateOf(after),
  }
}

/** Versions of before identities were kept have none. */
function identityOf({ before, after, rebuilt }: DifferenceRow): PairIdentity {
  const [old, now] = [before?.externalId ?? null, after?.externalId ?? null]
  if (old === null || now === null) return 'unknown'
  if (old === now) return 'same'
  return rebuilt ? 'unknown' : 'other'
}

const stateOf = ({ schema, name, kind, document }: VersionRow): RelationState => ({ schema, name, kind, document })

import type { AssetKind, RelationKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { scopeColumn, type AssetReference } from './assets.ts'
import type { RelationState } from './compare-catalog.ts'

/** An asset that is not the same in two snapshots; null on the side where it was not there. */
export interface SnapshotDifference {
  asset: AssetReference
  sameIdentity: boolean
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
  before: VersionRow | null
  after: VersionRow | null
}

/**
 * The relations below an asset that differ between the catalogs of two moments, by qualified name. Only assets with a version from
 * between them can, so that two snapshots of a large catalog that is mostly the same are compared at once.
 */
export async function snapshotDifferences(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind; connectionId: string },
  between: { from: Date; to: Date; limit: number },
): Promise<SnapshotDifference[]> {
  const { from, to, limit } = between
  const { rows } = await sql<DifferenceRow>`
    with changed as materialized (
      select distinct v.asset_id from asset_version v join asset a on a.id = v.asset_id
      where v.detected_at > least(${from}::timestamptz, ${to}::timestamptz)
        and v.detected_at <= greatest(${from}::timestamptz, ${to}::timestamptz)
        and a.organization_id = ${organizationId}::uuid and a.connection_id = ${asset.connectionId}::uuid
        and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
    )
    select a.id, a.kind, a.name, a.qualified_name as "qualifiedName", a.connection_id as "connectionId", d.name as database,
      before.version as before, after.version as after
    from changed c
    join asset a on a.id = c.asset_id
    join asset d on d.id = a.database_id
    left join asset schema on schema.id = a.schema_id
    left join lateral (${versionAt(from)}) before on true
    left join lateral (${versionAt(to)}) after on true
    where before.version is distinct from after.version
    order by a.qualified_name, a.id
    limit ${limit}`.execute(db)
  return rows.map(({ before, after, ...ref }) => ({
    asset: ref,
    sameIdentity: before !== null && before.externalId === after?.externalId,
    before: before && stateOf(before),
    after: after && stateOf(after),
  }))
}

/** What an asset was at a moment: its newest version until then, none when it was gone. */
const versionAt = (moment: Date) => sql`
  select case when v.fingerprint is not null then jsonb_build_object('kind', coalesce(v.kind, a.kind),
    'schema', coalesce(v.schema_name, schema.name), 'name', v.name, 'externalId', v.external_id, 'document', v.document)
    end as version
  from asset_version v where v.asset_id = c.asset_id and v.detected_at <= ${moment}
  order by v.detected_at desc limit 1`

const stateOf = ({ schema, name, kind, document }: VersionRow): RelationState => ({ schema, name, kind, document })

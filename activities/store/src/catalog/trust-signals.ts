import type { AssetKind, FreshnessState } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { scopeColumn } from './assets.ts'
import { missedByCapture, missedByDiscovery } from './missed-relations.ts'
import { settledByBaseline } from './settled-changes.ts'

/** What the jobs found that bears on whether an asset can be relied on now. */
export interface TrustSignals {
  /** How many relations, of the asset and all below it, are in which state; those no check has looked at are in none. */
  freshness: Partial<Record<FreshnessState, number>>
  /** Series of metrics, and those whose newest point is an anomaly. */
  series: number
  unusual: number
  /** Relations of which the last capture could measure nothing but perhaps an estimate of their rows. */
  unmeasured: number
  /** Defined metrics of the other relations that could not be measured when they were tried last. */
  unmeasuredMetrics: number
  /** Since `since`, and not settled by the snapshot that a person accepted. */
  breakingChanges: number
  /** Relations whose rows may not be read. */
  unreadable: number
  /** Relations that were locked when a discovery read their schema last. */
  unread: number
}

/** Of an asset that is there; counted through the indexes of what lies below it. */
export async function trustSignals(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind; connectionId: string; schemaId: string | null; databaseId: string },
  since: Date,
): Promise<TrustSignals> {
  const scope = scopeColumn(asset.kind)
  const ofChange = scope === 'id' ? sql.ref('c.asset_id') : sql.ref(`c.${scope}`)
  const settled = await settledByBaseline(db, organizationId, asset.connectionId)
  const { rows } = await sql<TrustSignals>`
    with below as materialized (
      select a.id, a.schema_id, a.name, a.qualified_name, a.unreadable_since from asset a
      where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scope}`)} = ${asset.id}::uuid and a.removed_at is null
    ), unmeasured as materialized (${missedByCapture(asset)})
    select
      (select coalesce(jsonb_object_agg(state, tables), '{}') from (
        select f.state, count(*) as tables from below join freshness f on f.asset_id = below.id group by f.state
      ) states) as freshness,
      metrics.series, metrics.unusual,
      (select count(*) from unmeasured) as unmeasured,
      (select count(*) from below join metric_definition d on d.asset_id = below.id and d.deleted_at is null
        where not (d.last_outcome ->> 'ok')::boolean and (d.last_outcome ->> 'revision')::int = d.revision
          and not exists (select from unmeasured where unmeasured.id = below.id)) as "unmeasuredMetrics",
      (select count(*) from schema_change c join asset a on a.id = c.asset_id left join asset s on s.id = a.schema_id
        where ${ofChange} = ${asset.id}::uuid and c.organization_id = ${organizationId}::uuid and c.breaking
          and c.detected_at >= ${since} and not ${settled}) as "breakingChanges",
      (select count(*) from below where unreadable_since is not null) as unreadable,
      (select count(*) from (${missedByDiscovery(asset)}) locked) as unread
    from (
      select count(*) as series, count(*) filter (where s.last_anomaly is not null) as unusual
      from below join metric_series s on s.asset_id = below.id and s.ended_at is null
      left join metric_definition d on d.id = s.definition_id
      where d.id is null or (d.deleted_at is null and d.revision = s.revision)
    ) metrics`.execute(db)
  const [signals] = rows
  if (!signals) throw new Error('counts without a row')
  return signals
}

import type {
  AssetKind,
  CatalogScope,
  ChangeKind,
  Counts,
  RelationDocument,
  RelationKind,
  UnreadRelation,
} from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from '../column-types.ts'

export interface AssetTable {
  id: string
  organization_id: string
  connection_id: string
  parent_id: string | null
  database_id: string
  schema_id: string | null
  kind: AssetKind
  name: string
  qualified_name: string
  external_id: string
  document: NullableJson<RelationDocument>
  fingerprint: string | null
  comment: string | null
  tagged_fingerprint: string | null
  tagged_at: Date | null
  traced_fingerprint: string | null
  source_fingerprint: string | null
  unreadable_since: Date | null
  folded: Generated<boolean>
  documented_fingerprint: string | null
  documented_by: 'ai' | 'rules' | null
  created_at: CreatedAt
  updated_at: UpdatedAt
  removed_at: Date | null
}

export interface AssetVersionTable {
  asset_id: string
  job_id: string
  name: string
  fingerprint: string | null
  document: NullableJson<RelationDocument>
  detected_at: CreatedAt
  kind: AssetKind | null
  schema_name: string | null
  external_id: string | null
}

export interface SnapshotTable {
  job_id: string
  organization_id: string
  connection_id: string
  taken_at: CreatedAt
  scopes: Json<{ name: string; complete: boolean; unread?: string[] }[]>
  counts: Json<Counts>
  scope: Json<CatalogScope>
  baseline_at: Date | null
  baseline_by: string | null
}

/** An asset that a changed one flowed into; `columns` are its columns that values of the changed column came to. */
export interface DownstreamRecord {
  assetId: string
  columns: string[]
}

export interface SchemaChangeTable {
  id: GeneratedAlways<number>
  organization_id: string
  asset_id: string
  schema_id: string | null
  database_id: string
  job_id: string
  kind: ChangeKind
  column_name: string | null
  before: string | null
  after: string | null
  breaking: boolean
  detected_at: CreatedAt
  reason: string | null
  downstream: NullableJson<DownstreamRecord[]>
  downstream_total: number | null
}

export interface DiscoveredSchemaTable {
  job_id: string
  external_id: string
  name: string
  comment: string | null
  complete: boolean
}

export interface DiscoveredRelationTable {
  job_id: string
  external_id: string
  schema_name: string
  name: string
  kind: RelationKind
  fingerprint: string
  document: NullableJson<RelationDocument>
  comment: string | null
  columns: Generated<number>
  source_fingerprint: string | null
  readable: Generated<boolean>
  known_asset_id: string | null
  unread: UnreadRelation['why'] | null
}

type MatchState = 'new' | 'restored' | 'changed' | 'same' | 'removed' | 'folded'

export interface DiscoveredMatchTable {
  job_id: string
  asset_id: string
  external_id: string
  parent_id: string | null
  qualified_name: string | null
  state: MatchState
}

export interface DiscoveredChangeTable {
  job_id: string
  position: number
  external_id: string
  asset_id: string
  kind: ChangeKind
  column_name: string | null
  before: string | null
  after: string | null
  breaking: boolean
  reason: string | null
}

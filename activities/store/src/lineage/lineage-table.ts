import type { LineageCertainty, LineageEvidence } from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from '../column-types.ts'

/** Evidence that comes with a statement. */
export type StatementOrigin = Exclude<LineageEvidence, 'view' | 'foreign_key'>

/** Value flow from a column to a column, by name. */
export interface ColumnPair {
  from: string
  to: string
  /** Left out when it is resolved. */
  certainty?: LineageCertainty
}

export interface LineageEdgeTable {
  from_asset_id: string
  to_asset_id: string
  evidence: LineageEvidence
  organization_id: string
  sql: string | null
  columns: Json<ColumnPair[]>
  job_id: string | null
  first_seen_at: CreatedAt
  last_seen_at: UpdatedAt
  statement_id: number | null
  indirect: Json<string[]>
  certainty: Generated<LineageCertainty>
  confidence: Generated<number>
  seen_count: Generated<number>
  fades_at: Date | null
}

export interface LineageStatementTable {
  id: GeneratedAlways<number>
  organization_id: string
  connection_id: string
  origin: StatementOrigin
  name: string
  text: string
  hash: Buffer
  calls: number | null
  last_run: string | null
  first_seen_at: CreatedAt
  last_seen_at: UpdatedAt
}

export interface StatementLineageTable {
  organization_id: string
  dialect: string
  hash: Buffer
  resolver: number
  catalog: Buffer
  names: Json<string[]>
  result: Json<object>
  used_at: UpdatedAt
}

export interface DbtManifestTable {
  connection_id: string
  organization_id: string
  project: string
  dbt_version: string
  generated_at: Date | null
  nodes: number
  bytes: number
  uploaded_by: string
  uploaded_at: UpdatedAt
}

export interface DbtNodeTable {
  connection_id: string
  unique_id: string
  database_name: string | null
  schema_name: string | null
  relation_name: string | null
  sql: string | null
  depends_on: Json<string[]>
}

export interface CollectedQueryTable {
  job_id: string
  external_id: string
  kind: string
  text: string
}

/** The query of a view is a statement where its source keeps it as text; its edges have none, as those of any view. */
export type CollectedOrigin = 'view' | Exclude<StatementOrigin, 'openlineage'>

export interface CollectedStatementTable {
  job_id: string
  key: string
  origin: CollectedOrigin
  name: string
  text: string
  hash: Buffer
  calls: number | null
  target: NullableJson<[schema: string, name: string]>
  search_path: NullableJson<string[]>
  result: NullableJson<object>
}

export interface CollectedHistoryTable {
  job_id: string
  source: string
  read_to: Date
}

export interface TracedEdgeTable {
  job_id: string
  from_external_id: string
  to_external_id: string
  evidence: LineageEvidence
  columns: Json<ColumnPair[]>
  sql: string | null
  statement_key: Generated<string>
  indirect: Json<string[]>
  certainty: Generated<LineageCertainty>
  confidence: Generated<number>
}

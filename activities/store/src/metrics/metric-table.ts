import type {
  AnomalySide,
  MeasureMethod,
  MetricDirection,
  MetricName,
  MetricOutcome,
  MetricSpec,
  MetricTrialResult,
  NoDataReason,
} from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from '../column-types.ts'

export interface MetricDefinitionTable {
  id: string
  organization_id: string
  asset_id: string
  name: string
  kind: MetricSpec['kind']
  sql: string | null
  columns: NullableJson<string[]>
  direction: MetricDirection
  min_percent: number
  revision: Generated<number>
  created_by: string
  created_at: CreatedAt
  updated_at: UpdatedAt
  deleted_at: Date | null
  last_outcome: NullableJson<MetricOutcome>
}

export interface MetricSeriesTable {
  id: GeneratedAlways<number>
  organization_id: string
  asset_id: string
  key: string
  metric: MetricName
  column_name: string | null
  group_name: string | null
  definition_id: string | null
  revision: number | null
  last_at: Date
  last_anomaly: AnomalySide | null
  ended_at: Date | null
}

export interface MetricPointTable {
  series_id: number
  at: Date
  job_id: string
  value: number | null
  no_data: NoDataReason | null
  method: MeasureMethod
  expected: number | null
  expected_low: number | null
  expected_high: number | null
  anomaly: AnomalySide | null
  known_bad_by: string | null
}

export interface MetricTrialTable {
  id: string
  organization_id: string
  asset_id: string
  spec: Json<MetricSpec>
  result: NullableJson<MetricTrialResult>
  created_at: CreatedAt
}

import type {
  AlertKind,
  ChannelKind,
  DeliveryState,
  ErrorCode,
  JobType,
  NoticeEvent,
  QuietHours,
  RuleScope,
} from '@plumbline/workflows'
import type { ColumnType, Generated } from 'kysely'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from '../column-types.ts'

export interface AlertChannelTable {
  id: string
  organization_id: string
  name: string
  kind: ChannelKind
  address: string
  sealed: Buffer
  enabled: Generated<boolean>
  max_per_hour: Generated<number>
  quiet_hours: NullableJson<QuietHours>
  created_by: string
  created_at: CreatedAt
  updated_at: UpdatedAt
  deleted_at: Date | null
}

export interface AlertRuleTable {
  id: string
  organization_id: string
  name: string
  kind: AlertKind
  scope: Json<RuleScope>
  channel_ids: string[] | null
  enabled: Generated<boolean>
  created_by: string
  created_at: CreatedAt
  updated_at: UpdatedAt
  deleted_at: Date | null
}

export interface IncidentTable {
  id: string
  organization_id: string
  fingerprint: string
  kind: AlertKind
  title: string
  message: string
  error_code: ErrorCode | null
  connection_id: string | null
  asset_id: string | null
  job_type: JobType | null
  limit_ms: number | null
  opened_at: Date
  last_at: Date
  occurrences: number
  escalated_at: Date | null
  acknowledged_at: Date | null
  acknowledged_by: string | null
  muted_until: Date | null
  muted_by: string | null
  resolved_at: Date | null
  resolved_by: string | null
}

export interface IncidentOccurrenceTable {
  organization_id: string
  key: string
  incident_id: string
  job_id: string | null
  asset_id: string
  at: Date
  message: string
}

/** A try to deliver a notice. */
export interface DeliveryTry {
  at: string
  durationMs: number
  /** What a receiver answered, as an HTTP status; null where it is no web server, or did not answer. */
  status: number | null
  error: string | null
}

export interface AlertDeliveryTable {
  id: string
  organization_id: string
  channel_id: string
  event: NoticeEvent
  incident_id: string | null
  replay_of: string | null
  digest_id: string | null
  state: DeliveryState
  reason: string | null
  tries: Generated<number>
  trying: Generated<boolean>
  log: ColumnType<DeliveryTry[], string | undefined, string>
  run_id: string | null
  created_at: CreatedAt
  ended_at: Date | null
  checked_at: UpdatedAt
}

export interface AlertCursorTable {
  single: Generated<boolean>
  after: number
}

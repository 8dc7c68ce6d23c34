import type {
  AssetKind,
  Counts,
  JobError,
  JobStatus,
  JobType,
  LogLevel,
  StepStatus,
  TriggerKind,
} from '@plumbline/workflows'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from '../column-types.ts'

/** A job's status, with the failed jobs that a later attempt fixed told apart. */
export type JobState = JobStatus | 'resolved'

export interface JobTable {
  id: string
  organization_id: string
  type: JobType
  status: Generated<JobStatus>
  connection_id: string
  asset_id: string
  schema_id: string | null
  database_id: string
  asset_kind: AssetKind
  asset_name: string
  asset_qualified_name: string
  database_name: string
  config: Json<Record<string, unknown>>
  trigger_kind: TriggerKind
  actor: string
  schedule_id: string | null
  parent_job_id: string | null
  root_job_id: string
  retry_of: string | null
  attempt: Generated<number>
  newest_attempt: Generated<boolean>
  resolved_by_job_id: string | null
  created_at: CreatedAt
  queued_at: Date | null
  started_at: Date | null
  ended_at: Date | null
  /** In milliseconds, from started to ended. */
  duration_ms: GeneratedAlways<number | null>
  percent: Generated<number>
  step: string | null
  message: Generated<string>
  counts: ColumnType<Counts, string | undefined, string>
  warnings: Generated<number>
  error: NullableJson<JobError>
  cancel_requested_at: Date | null
  cancel_requested_by: string | null
  cancel_reason: string | null
  cancel_sent_at: Date | null
  terminated_by: string | null
  terminate_reason: string | null
  cleanup_due_at: Date | null
  paused: Generated<boolean>
  finished_steps: NullableJson<Record<string, number>>
  run_id: string | null
  /** It counts against the slots of its connection while it is pending too. */
  slot_kept: Generated<boolean>
  /** Of a job of another installation: its run was in the Temporal of that one. */
  imported_at: Date | null
  unreachable: Generated<boolean>
  checked_at: UpdatedAt
  search: GeneratedAlways<string>
  phrase_id: number | null
  state: GeneratedAlways<JobState>
}

export interface JobStepTable {
  job_id: string
  name: string
  position: number
  label: string
  weight: number
  unit: string | null
  status: Generated<StepStatus>
  started_at: Date | null
  ended_at: Date | null
  done: number | null
  total: number | null
  attempts: Generated<number>
  failures: Generated<number>
  message: string | null
  last_error: string | null
  version: Generated<number>
  result: ColumnType<unknown, string | null | undefined, string | null>
  next_attempt_at: Date | null
  taken_over_from: string | null
  run_id: string | null
  spent_statements: Generated<number>
  spent_ms: Generated<number>
}

export interface JobWarningTable {
  job_id: string
  code: string
  object: string
  message: string
}

export interface JobEventTable {
  id: GeneratedAlways<number>
  organization_id: string
  job_id: string
  at: CreatedAt
}

export interface JobLogTable {
  id: GeneratedAlways<number>
  job_id: string
  at: CreatedAt
  level: LogLevel
  step: string | null
  attempt: number | null
  message: string
  fields: ColumnType<Record<string, unknown>, string | undefined, never>
}

export interface JobAssetNameTable {
  organization_id: string
  database_id: string
  asset_id: string
  name: string
}

export interface JobPhraseTable {
  id: GeneratedAlways<number>
  organization_id: string
  said: string
  digest: GeneratedAlways<string>
}

export interface JobCountTable {
  organization_id: string
  scope_id: string
  type: JobType
  state: JobState
  trigger_kind: TriggerKind
  jobs: number
}

export interface JobCountChangeTable {
  organization_id: string
  database_id: string
  type: JobType
  state: JobState
  trigger_kind: TriggerKind
  change: number
}

import type { JobType, OverlapPolicy, ScheduleTarget, SkipReason } from '@plumbline/workflows'
import type { Generated } from 'kysely'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from '../column-types.ts'

export interface ScheduleTable {
  id: string
  organization_id: string
  name: string
  type: JobType
  asset_id: string
  target: NullableJson<ScheduleTarget>
  config: Json<Record<string, unknown>>
  cron: string | null
  every: string | null
  timezone: string
  overlap: OverlapPolicy
  jitter: string | null
  paused_at: Date | null
  paused_by: string | null
  pause_reason: string | null
  revision: Generated<number>
  synced_revision: Generated<number>
  pushing_until: Date | null
  next_runs: Generated<Date[]>
  ticks_checked_to: UpdatedAt
  checked_at: UpdatedAt
  created_by: string
  created_at: CreatedAt
  updated_at: UpdatedAt
  deleted_at: Date | null
}

/** By the clock, or by hand. */
export type TickKind = 'tick' | 'manual'

export interface ScheduleTickTable {
  schedule_id: string
  at: Date
  kind: TickKind
  outcome: 'started' | 'skipped'
  reason: SkipReason | null
  message: string | null
  job_ids: Generated<string[]>
  blocking_job_id: string | null
  created_at: CreatedAt
}

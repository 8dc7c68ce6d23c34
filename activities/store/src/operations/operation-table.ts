import type { BulkAction, OperationStatus, RetryMode } from '@plumbline/workflows'
import type { Generated } from 'kysely'
import type { CreatedAt, NullableJson, UpdatedAt } from '../column-types.ts'
import type { StoredJobFilter } from './operation-targets.ts'

export interface OperationTable {
  id: string
  organization_id: string
  action: BulkAction
  status: Generated<OperationStatus>
  filter: NullableJson<StoredJobFilter>
  ids: string[] | null
  retry_mode: Generated<RetryMode>
  reason: string | null
  actor: string
  request_id: string
  total: number
  total_capped: boolean
  done: Generated<number>
  succeeded: Generated<number>
  refused: Generated<number>
  after_created_at: Date | null
  after_id: string | null
  run_id: string | null
  cancel_requested_at: Date | null
  cancel_requested_by: string | null
  error: string | null
  created_at: CreatedAt
  ended_at: Date | null
  checked_at: UpdatedAt
}

export interface OperationRefusalTable {
  operation_id: string
  position: number
  job_id: string
  reason: string
}

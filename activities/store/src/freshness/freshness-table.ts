import type {
  FreshnessExpectation,
  FreshnessFinding,
  FreshnessMethod,
  FreshnessState,
  FreshnessVerdict,
  TableMemory,
} from '@plumbline/workflows'
import type { Json, NullableJson, UpdatedAt } from '../column-types.ts'

export interface TableMemoryTable {
  connection_id: string
  external_id: string
  memory: Json<TableMemory>
  seen_at: Date
}

export interface FreshnessTable {
  asset_id: string
  state: FreshnessState
  since: Date
  updated_at: Date | null
  finding: Json<FreshnessFinding>
  verdict: Json<FreshnessVerdict>
  checked_at: Date
  job_id: string
}

export interface FreshnessUpdateTable {
  asset_id: string
  at: Date
  after: Date | null
  method: FreshnessMethod
  confidence: number
}

export interface FreshnessStateTable {
  asset_id: string
  at: Date
  state: FreshnessState
}

export interface FreshnessExpectationTable {
  asset_id: string
  expectation: Json<FreshnessExpectation>
  decided_by: string
  decided_at: UpdatedAt
}

export interface CheckedTableTable {
  job_id: string
  asset_id: string
  finding: Json<FreshnessFinding>
  memories: Json<Record<string, TableMemory>>
  checked_at: Date
  verdict: NullableJson<FreshnessVerdict>
}

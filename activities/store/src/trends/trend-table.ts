import type { Generated } from 'kysely'
import type { CreatedAt, Json } from '../column-types.ts'

/** What was different from the good run before a slow one. */
export interface ChangesAround {
  /** The good run before it. */
  beforeJobId: string
  /** What the two runs counted differently, as rows or tables. */
  counts: { name: string; before: number | null; after: number | null }[]
  configChanged: boolean
  /** Found in the asset's database between the beginnings of the two runs. */
  schemaChanges: { all: number; breaking: number }
}

export interface JobRegressionTable {
  job_id: string
  organization_id: string
  runs: number
  p50_ms: number
  p95_ms: number
  limit_ms: number
  around: Json<ChangesAround>
  found_at: CreatedAt
}

export interface TrendCursorTable {
  single: Generated<boolean>
  after: number
}

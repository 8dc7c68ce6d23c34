import type { TagMatcher } from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CreatedAt, Json, UpdatedAt } from '../column-types.ts'

export type TagCategory = 'pii' | 'sensitivity' | 'domain'

/** A tag as it is stored; `evidence` says why, for a person to check, and never holds a raw value. */
export interface TagRecord {
  tag: string
  category: TagCategory
  confidence: number
  evidence: string[]
  /** Nothing but another column's tag speaks for it. */
  inherited: boolean
  /** Of a sensitivity: the kind of personal data in the same column that it follows from. */
  derivedFrom?: string
}

export interface ColumnTagTable {
  asset_id: string
  column_name: string
  tag: string
  category: TagCategory
  confidence: number
  evidence: Json<string[]>
  source: 'auto' | 'manual'
  job_id: string | null
  updated_at: UpdatedAt
  inherited: Generated<boolean>
  derived_from: string | null
}

export interface ColumnDecisionTable {
  asset_id: string
  column_name: string
  decided_by: string
  decided_at: UpdatedAt
}

export interface RejectedTagTable {
  asset_id: string
  column_name: string
  tag: string
  rejected_by: string
  rejected_at: UpdatedAt
}

export interface TagChangeTable {
  id: GeneratedAlways<number>
  asset_id: string
  column_name: string
  tag: string
  category: TagCategory
  kind: 'added' | 'removed'
  job_id: string
  changed_at: CreatedAt
}

export interface TagRuleTable {
  id: string
  organization_id: string
  name: string
  tag: string
  category: TagCategory
  matcher: Json<TagMatcher>
  enabled: Generated<boolean>
  created_by: string
  created_at: CreatedAt
  updated_at: UpdatedAt
  deleted_at: Date | null
}

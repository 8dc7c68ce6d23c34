import type { DocumentationSentence, DocumentationSource, DocumentationState } from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CreatedAt, Json } from '../column-types.ts'

export interface DocumentationTable {
  asset_id: string
  column_name: string | null
  version: number
  text: string
  sentences: Json<DocumentationSentence[]>
  source: DocumentationSource
  model: string | null
  prompt_version: string | null
  fingerprint: string | null
  confidence: number | null
  state: DocumentationState
  job_id: string | null
  written_by: string | null
  written_at: CreatedAt
  decided_by: string | null
  decided_at: Date | null
  replaced_at: Date | null
}

/** What a job wrote of one table, kept until its last step. */
export interface StagedDocumentation {
  /** Of schema and evidence. */
  fingerprint: string
  source: 'ai' | 'rules'
  model: string | null
  promptVersion: string
  /** Nothing of what the standing texts were written from has changed: there are none. */
  unchanged: boolean
  texts: StagedText[]
}

export interface StagedText {
  /** Null: the table itself. */
  column: string | null
  text: string
  sentences: DocumentationSentence[]
  /** That of the least sure sentence, from 0 to 1. */
  confidence: number
}

export interface ModelAnswerTable {
  id: GeneratedAlways<number>
  organization_id: string
  asset_id: string
  fingerprint: string
  prompt_version: string
  model: string
  round: number
  job_id: string
  asked: Generated<number>
  asked_at: CreatedAt
  claimed_until: Date
  answered_at: Date | null
  answer: string | null
  finish_reason: string | null
  input_tokens: number | null
  output_tokens: number | null
  cost_micros: number | null
  unusable: string | null
  abandoned_at: Date | null
}

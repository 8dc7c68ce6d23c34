import type { Json, UpdatedAt } from '../column-types.ts'

export interface ConversationTable {
  id: string
  organization_id: string
  actor: string
  /** As the reader of questions left it. */
  question: Json<Record<string, unknown>>
  asked_at: UpdatedAt
}

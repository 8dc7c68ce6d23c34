import type { RunEventType } from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'

export interface RunEventTable {
  id: GeneratedAlways<number>
  organization_id: string
  job_id: string
  type: RunEventType
  at: Date
  sent_at: Date | null
  refused: string | null
}

export interface RunEventCursorTable {
  single: Generated<boolean>
  after: number
}

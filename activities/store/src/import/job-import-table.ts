import type { CreatedAt, Json } from '../column-types.ts'

export interface JobImportTable {
  import_id: string
  line: number
  id: string
  created_at: Date
  connection_id: string
  asset_ids: string[]
  retry_of: string | null
  resolved_by: string | null
  older_ids: string[]
  job: Json<object>
  outcome: 'known' | 'refused' | 'imported' | null
  message: string | null
  received_at: CreatedAt
}

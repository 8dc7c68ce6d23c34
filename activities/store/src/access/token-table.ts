import type { CreatedAt } from '../column-types.ts'

export type Role = 'viewer' | 'operator' | 'admin'

export interface TokenTable {
  id: string
  organization_id: string
  name: string
  role: Role
  hash: Buffer
  created_at: CreatedAt
  created_by: string | null
  expires_at: Date | null
  last_used_at: Date | null
}

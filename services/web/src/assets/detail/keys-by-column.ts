import type { Key } from '@plumbline/api'

/** What keys say of one column. */
export interface ColumnKeys {
  primary: boolean
  /** A unique key of this column alone: as part of a longer one its values repeat. */
  unique: boolean
  references: { assetId: string; columns: string[] } | null
}

export function keysByColumn(keys: readonly Key[]): Map<string, ColumnKeys> {
  const columns = new Map<string, ColumnKeys>()
  for (const key of keys) {
    for (const name of key.columns) {
      const column = columns.get(name) ?? { primary: false, unique: false, references: null }
      columns.set(name, {
        primary: column.primary || key.kind === 'primary',
        unique: column.unique || (key.kind === 'unique' && key.columns.length === 1),
        references: column.references ?? (key.kind === 'foreign' ? (key.references ?? null) : null),
      })
    }
  }
  return columns
}

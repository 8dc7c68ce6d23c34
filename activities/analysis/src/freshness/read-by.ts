import type { ReadBy, ReadZone, TableMemory } from '@plumbline/workflows'
import type { ColumnRole } from './choose-column.ts'

export const readByOf = (column: string | null, role: ColumnRole, zone: ReadZone | null): ReadBy => ({
  column,
  chosen: role === 'chosen',
  zone,
})

/**
 * Whether a table is to be read by something else than the last time, so that what is remembered of that holds no more. Where it is
 * not known by what it was read, only what a person said is something else.
 */
export function isReadOtherwise(before: TableMemory | null, now: ReadBy): boolean {
  const last = before?.readBy
  if (!last) return now.chosen || now.zone?.assumed === false
  return (
    last.column !== now.column ||
    last.chosen !== now.chosen ||
    last.zone?.name !== now.zone?.name ||
    last.zone?.assumed !== now.zone?.assumed
  )
}

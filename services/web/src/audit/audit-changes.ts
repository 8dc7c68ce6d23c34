import type { AuditEntry } from '@plumbline/api'

/** One field that an action set or changed. */
export interface AuditChange {
  field: string
  before: string | null
  after: string | null
}

/** The fields that differ between before and after; of something new or deleted, all of them. */
export function auditChanges({ before, after }: Pick<AuditEntry, 'before' | 'after'>): AuditChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...fields]
    .map((field) => ({ field, before: valueText(before?.[field]), after: valueText(after?.[field]) }))
    .filter((change) => change.before !== change.after)
}

function valueText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

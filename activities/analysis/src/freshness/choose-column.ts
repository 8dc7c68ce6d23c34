import type { TimeColumn } from '@plumbline/workflows'

/** What the values of a column mean: the time of the last change of a row, of its creation, or something else. */
export type ColumnRole = 'chosen' | 'modified' | 'created' | 'event'

export interface ChosenColumn extends TimeColumn {
  role: ColumnRole
}

/** Names by which rows say when they were changed or made, surest first; case and underscores do not matter. */
const namesByRole: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    'modified',
    /^(dw|dwh|etl|sys|row|record|meta)?(last)?(updated|modified|changed|synced|refreshed|loaded|ingested|extracted)(at|on|ts|time|date|timestamp|datetime)?$/,
  ],
  ['modified', /^(last)?(update|modification|change|load|sync|ingestion|etl)(at|on|ts|time|date|timestamp|datetime)$/],
  [
    'created',
    /^(row|record|sys)?(created|inserted|added|creation|insert|create)(at|on|ts|time|date|timestamp|datetime)?$/,
  ],
]

export function roleOf(name: string): ColumnRole {
  const plain = name.toLowerCase().replaceAll(/[\s_.-]/g, '')
  return namesByRole.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'event'
}

/** A date of birth says nothing about the table: without an index an unknown column is not read at all. */
const rank: Record<ColumnRole, number> = { chosen: 0, modified: 1, created: 2, event: 3 }

/**
 * The column whose newest value tells most: the one a person chose, else by its name and whether an index leads to it. Undefined
 * when none does. What a person chose for a whole schema not every table has: then it is as if nobody had.
 *
 * @param preferred names of the configuration, taken before all others
 */
export function chooseColumn(
  columns: readonly TimeColumn[],
  options: { chosen: string | null; preferred: readonly string[] },
): ChosenColumn | undefined {
  const { chosen, preferred } = options
  const given = columns.find(({ name }) => name === chosen)
  if (given) return { ...given, role: 'chosen' }
  const wanted = preferred.map((name) => name.toLowerCase())
  return columns
    .map((column) => ({
      ...column,
      role: wanted.includes(column.name.toLowerCase()) ? ('modified' as const) : roleOf(column.name),
    }))
    .filter(({ role, indexed }) => role !== 'event' || indexed)
    .toSorted(
      (a, b) =>
        preferenceOf(a.name, wanted) - preferenceOf(b.name, wanted) ||
        rank[a.role] - rank[b.role] ||
        Number(b.indexed) - Number(a.indexed) ||
        Number(a.type === 'date') - Number(b.type === 'date') ||
        a.name.localeCompare(b.name),
    )[0]
}

function preferenceOf(name: string, wanted: readonly string[]): number {
  const place = wanted.indexOf(name.toLowerCase())
  return place < 0 ? wanted.length : place
}

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

/** Words that name a time to come, a span that something holds, or a person's life: none is when a row was written. */
const otherTimes = new RegExp(
  `^(due|deadlines?|expir(e|es|ed|y|ation|ing)|valid(ity)?|effective|until|till|thru|from|to|birth(day)?|born|dob|deceased|` +
    `schedule[ds]?|planned|plan|expected|estimated|eta|target|promised|next|renewal|renews?|maturity|` +
    `starts?|ends?|begins?|starting|ending)(date|time|day|at|on|ts|from|to|until|till|thru)?$`,
)

/** Whether a column tells, by its name, of something else than what was written. */
function tellsOtherTimes(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
  return words.some((word) => otherTimes.test(word))
}

export function roleOf(name: string): ColumnRole {
  const plain = name.toLowerCase().replaceAll(/[\s_.-]/g, '')
  return namesByRole.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'event'
}

const rank: Record<ColumnRole, number> = { chosen: 0, modified: 1, created: 2, event: 3 }

/**
 * The column whose newest value tells most: the one a person chose, else by its name and whether an index leads to it. Undefined
 * when none does: a due date or a date of birth is read only where it is chosen. What a person chose for a whole schema not every table has: then it is as if nobody had.
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
    .filter((column) => column.role !== 'event' || tellsOfWriting(column))
    .toSorted(
      (a, b) =>
        preferenceOf(a.name, wanted) - preferenceOf(b.name, wanted) ||
        rank[a.role] - rank[b.role] ||
        Number(b.indexed) - Number(a.indexed) ||
        Number(a.type === 'date') - Number(b.type === 'date') ||
        a.name.localeCompare(b.name),
    )[0]
}

/** An index that leads with a column, and the key of partitions, say that rows are looked for by it, mostly as they come. */
const tellsOfWriting = ({ name, indexed, partitionKey }: TimeColumn): boolean =>
  (indexed || partitionKey) && !tellsOtherTimes(name)

function preferenceOf(name: string, wanted: readonly string[]): number {
  const place = wanted.indexOf(name.toLowerCase())
  return place < 0 ? wanted.length : place
}

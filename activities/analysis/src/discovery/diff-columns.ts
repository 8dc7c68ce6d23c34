import type { ColumnDocument, SchemaChange } from '@plumbline/workflows'
import { changeOf } from './breaking.ts'
import { isWidening } from './widening.ts'

/** @param pairs the columns that are the same, by `matchColumns` */
export function diffColumns(before: ColumnDocument[], after: ColumnDocument[], pairs: ColumnPair[]): SchemaChange[] {
  const [kept, found] = [new Set(pairs.map(([old]) => old)), new Set(pairs.map(([, next]) => next))]
  return [
    ...before.filter((column) => !kept.has(column)).map(removed),
    ...after.filter((column) => !found.has(column)).map(added),
    ...pairs.flatMap(([old, next]) => diffColumn(old, next)),
    ...moved(pairs),
  ]
}

export type ColumnPair = [old: ColumnDocument, next: ColumnDocument]

/**
 * Columns are the same by identity where the relation kept its own, else by name. What identity leaves over is tried by name
 * too: a column that was replaced by a new one of its name is a change of that column to whoever reads it.
 */
export function matchColumns(before: ColumnDocument[], after: ColumnDocument[], sameIdentity: boolean): ColumnPair[] {
  const byIdentity = sameIdentity ? matchBy(before, after, (column) => column.id) : []
  const taken = new Set(byIdentity.flat())
  const left = (columns: ColumnDocument[]) => columns.filter((column) => !taken.has(column))
  return [...byIdentity, ...matchBy(left(before), left(after), (column) => column.name)]
}

function matchBy(
  before: ColumnDocument[],
  after: ColumnDocument[],
  key: (column: ColumnDocument) => string,
): ColumnPair[] {
  const old = new Map(before.map((column) => [key(column), column]))
  return after.flatMap((next): ColumnPair[] => {
    const match = old.get(key(next))
    return match ? [[match, next]] : []
  })
}

const removed = (column: ColumnDocument) =>
  changeOf('column_removed', { column: column.name, before: describe(column) })

const added = (column: ColumnDocument) =>
  changeOf(
    'column_added',
    { column: column.name, after: describe(column) },
    { required: !column.nullable && column.default === null && !column.identity && column.generated === null },
  )

/** As a create table would say it. */
function describe(column: ColumnDocument): string {
  const parts = [column.nativeType]
  if (!column.nullable) parts.push('not null')
  if (column.default !== null) parts.push(`default ${column.default}`)
  const generation = describeGeneration(column)
  if (generation) parts.push(generation)
  return parts.join(' ')
}

function describeGeneration(column: ColumnDocument): string | null {
  if (column.generated !== null) return `generated always as (${column.generated})`
  if (column.identity !== null) return `generated ${column.identity.replace('_', ' ')} as identity`
  return null
}

const nullability = ({ nullable }: ColumnDocument) => (nullable ? 'nullable' : 'not null')

function diffColumn(old: ColumnDocument, next: ColumnDocument): SchemaChange[] {
  const changes: SchemaChange[] = []
  const column = next.name
  if (old.name !== next.name) changes.push(changeOf('column_renamed', { column, before: old.name, after: next.name }))
  if (old.nativeType !== next.nativeType || old.type !== next.type) {
    const values = { column, before: old.nativeType, after: next.nativeType }
    changes.push(changeOf('type_changed', values, { narrower: !isWidening(old.nativeType, next.nativeType) }))
  }
  if (old.nullable !== next.nullable) {
    changes.push(
      changeOf(
        'nullability_changed',
        { column, before: nullability(old), after: nullability(next) },
        { required: !next.nullable },
      ),
    )
  }
  if (old.default !== next.default) {
    changes.push(changeOf('default_changed', { column, before: old.default, after: next.default }))
  }
  const generation = { before: describeGeneration(old), after: describeGeneration(next) }
  if (generation.before !== generation.after) changes.push(changeOf('generation_changed', { column, ...generation }))
  if (old.comment !== next.comment) {
    changes.push(changeOf('comment_changed', { column, before: old.comment, after: next.comment }))
  }
  return changes
}

/** The fewest columns that must have moved to explain the new order: those outside its longest run that kept the old one. */
function moved(pairs: ColumnPair[]): SchemaChange[] {
  const inNewOrder = [...pairs].sort((a, b) => a[1].position - b[1].position)
  const stayed = longestIncreasing(inNewOrder.map(([old]) => old.position))
  return inNewOrder
    .filter((_, index) => !stayed.has(index))
    .map(([old, next]) =>
      changeOf('column_moved', {
        column: next.name,
        before: `position ${old.position}`,
        after: `position ${next.position}`,
      }),
    )
}

/** Indexes of a longest increasing subsequence (patience sorting, n log n). */
function longestIncreasing(values: number[]): Set<number> {
  const tails: number[] = []
  const previous: (number | undefined)[] = []
  values.forEach((value, index) => {
    let low = 0
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    previous[index] = tails[low - 1]
    tails[low] = index
  })
  const kept = new Set<number>()
  for (let index = tails.at(-1); index !== undefined; index = previous[index]) kept.add(index)
  return kept
}

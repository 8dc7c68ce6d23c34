import type { ChangeKind } from '@plumbline/workflows'
import type { Model, ModelColumn, ModelTable } from './random-ddl.ts'

/** `kind schema.table column`, with the place where a table is now, or was at last. */
export type ChangeText = string

const text = (kind: ChangeKind, { schema, name }: { schema: string; name: string }, column = ''): ChangeText =>
  `${kind} ${schema}.${name}${column === '' ? '' : ` ${column}`}`

/**
 * The net changes between two models, by the identities that the test gave out itself: written from what a change is, not from how
 * it is found. A dropped table whose name another one got is the same asset; so with a column.
 */
export function expectedChanges(before: Model, after: Model): ChangeText[] {
  const changes: ChangeText[] = []
  const old = new Map(before.tables.map((table) => [table.id, table]))
  const found = new Map(after.tables.map((table) => [table.id, table]))
  for (const table of after.tables) {
    const same = old.get(table.id) ?? replaced(table, before, found)
    if (same) changes.push(...tableChanges(same, table))
    else changes.push(text('table_added', table))
  }
  for (const table of before.tables) {
    if (!found.has(table.id) && !after.tables.some((next) => !old.has(next.id) && samePlace(next, table)))
      changes.push(text('table_removed', table))
  }
  return [...changes, ...viewChanges(before, after)].toSorted()
}

const samePlace = (a: ModelTable, b: ModelTable): boolean => a.schema === b.schema && a.name === b.name

const replaced = (table: ModelTable, before: Model, found: ReadonlyMap<number, ModelTable>): ModelTable | undefined =>
  before.tables.find((one) => !found.has(one.id) && samePlace(one, table))

function tableChanges(before: ModelTable, after: ModelTable): ChangeText[] {
  const changes: ChangeText[] = []
  if (before.schema !== after.schema) changes.push(text('table_moved', after))
  if (before.name !== after.name) changes.push(text('table_renamed', after))
  if (before.comment !== after.comment) changes.push(text('comment_changed', after))
  const pairs = columnPairs(before, after)
  for (const column of before.columns)
    if (!pairs.some(([old]) => old === column)) changes.push(text('column_removed', after, column.name))
  for (const column of after.columns)
    if (!pairs.some(([, next]) => next === column)) changes.push(text('column_added', after, column.name))
  for (const [old, next] of pairs) changes.push(...columnChanges(after, old, next))
  changes.push(...partChanges(after, before.keys, after.keys, ['key_removed', 'key_added']))
  changes.push(...partChanges(after, before.indexes, after.indexes, ['index_removed', 'index_added']))
  return changes
}

function columnPairs(before: ModelTable, after: ModelTable): [ModelColumn, ModelColumn][] {
  const pairs: [ModelColumn, ModelColumn][] = []
  for (const next of after.columns) {
    const old =
      before.columns.find(({ id }) => id === next.id) ??
      before.columns.find(
        (one) =>
          one.name === next.name &&
          !after.columns.some(({ id }) => id === one.id) &&
          !before.columns.some(({ id }) => id === next.id),
      )
    if (old) pairs.push([old, next])
  }
  return pairs
}

function columnChanges(table: ModelTable, old: ModelColumn, next: ModelColumn): ChangeText[] {
  const kinds: ChangeKind[] = []
  if (old.name !== next.name) kinds.push('column_renamed')
  if (old.type !== next.type) kinds.push('type_changed')
  if (old.nullable !== next.nullable) kinds.push('nullability_changed')
  if (old.default !== next.default) kinds.push('default_changed')
  if (old.comment !== next.comment) kinds.push('comment_changed')
  return kinds.map((kind) => text(kind, table, next.name))
}

/** Names are never given out twice, so a part is the same where its name is. */
function partChanges(
  table: ModelTable,
  before: readonly { name: string }[],
  after: readonly { name: string }[],
  [removed, added]: [ChangeKind, ChangeKind],
): ChangeText[] {
  const names = (parts: readonly { name: string }[]) => new Set(parts.map(({ name }) => name))
  const [old, next] = [names(before), names(after)]
  return [
    ...[...old].filter((name) => !next.has(name)).map(() => text(removed, table)),
    ...[...next].filter((name) => !old.has(name)).map(() => text(added, table)),
  ]
}

function viewChanges(before: Model, after: Model): ChangeText[] {
  const at = (name: string) => ({ schema: 'alpha', name })
  const old = new Map(before.views.map((view) => [view.name, view.query]))
  const next = new Map(after.views.map((view) => [view.name, view.query]))
  return [
    ...[...old.keys()].filter((name) => !next.has(name)).map((name) => text('table_removed', at(name))),
    ...[...next.keys()].filter((name) => !old.has(name)).map((name) => text('table_added', at(name))),
    ...[...next].flatMap(([name, query]) =>
      old.has(name) && old.get(name) !== query ? [text('definition_changed', at(name))] : [],
    ),
  ]
}

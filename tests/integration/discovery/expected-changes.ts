import type { ChangeKind } from '@plumbline/workflows'
import type { Model, ModelColumn, ModelIndex, ModelKey, ModelTable } from './random-ddl.ts'

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
  return [
    ...changes,
    ...viewChanges(before, after),
    ...anchorChanges(before, after),
    ...schemaChanges(before, after),
    ...partitionChanges(before, after),
  ].toSorted()
}

const samePlace = (a: ModelTable, b: ModelTable): boolean => a.schema === b.schema && a.name === b.name

const replaced = (table: ModelTable, before: Model, found: ReadonlyMap<number, ModelTable>): ModelTable | undefined =>
  before.tables.find((one) => !found.has(one.id) && samePlace(one, table))

function tableChanges(before: ModelTable, after: ModelTable): ChangeText[] {
  const changes: ChangeText[] = []
  if (before.id !== after.id) changes.push(text('table_recreated', after))
  if (before.schema !== after.schema) changes.push(text('table_moved', after))
  if (before.name !== after.name) changes.push(text('table_renamed', after))
  if (before.comment !== after.comment) changes.push(text('comment_changed', after))
  const pairs = columnPairs(before, after)
  for (const column of before.columns)
    if (!pairs.some(([old]) => old === column)) changes.push(text('column_removed', after, column.name))
  for (const column of after.columns)
    if (!pairs.some(([, next]) => next === column)) changes.push(text('column_added', after, column.name))
  for (const [old, next] of pairs) changes.push(...columnChanges(after, old, next))
  changes.push(...moved(after, before, pairs))
  const nameOf = (columns: readonly ModelColumn[], id: number) => columns.find((one) => one.id === id)?.name ?? ''
  const nameNow = (id: number) => pairs.find(([old]) => old.id === id)?.[1].name ?? nameOf(before.columns, id)
  for (const part of ['key', 'index'] as const) {
    const list = (table: ModelTable): readonly (ModelKey | ModelIndex)[] =>
      part === 'key' ? table.keys : table.indexes
    const body = (one: ModelKey | ModelIndex, column: string) => `${'kind' in one ? one.kind : ''} ${column}`
    const old = list(before).map((one) => ({ ...one, body: body(one, nameNow(one.column)) }))
    const next = list(after).map((one) => ({ ...one, body: body(one, nameOf(after.columns, one.column)) }))
    changes.push(...partChanges(after, part, old, next))
  }
  return changes
}

/** As many as are outside of the longest run of columns that kept their order; which of them is a choice. */
function moved(table: ModelTable, before: ModelTable, pairs: readonly [ModelColumn, ModelColumn][]): ChangeText[] {
  const places = table.columns.flatMap((next) => {
    const old = pairs.find((pair) => pair[1] === next)?.[0]
    return old ? [before.columns.indexOf(old)] : []
  })
  const longest: number[] = []
  for (const [at, place] of places.entries()) {
    const shorter = places.slice(0, at).map((one, index) => (one < place ? (longest[index] ?? 0) : 0))
    longest.push(1 + Math.max(0, ...shorter))
  }
  return Array.from({ length: places.length - Math.max(0, ...longest) }, () => text('column_moved', table))
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
  if (old.identity !== next.identity) kinds.push('generation_changed')
  if (old.comment !== next.comment) kinds.push('comment_changed')
  return kinds.map((kind) => text(kind, table, next.name))
}

interface Part {
  name: string
  body: string
}

/** The same is what has its name, and of the rest what says the same: that was renamed. */
function partChanges(
  table: ModelTable,
  part: 'key' | 'index',
  before: readonly Part[],
  after: readonly Part[],
): ChangeText[] {
  const lost = before.filter(({ name }) => !after.some((one) => one.name === name))
  const found = after.filter(({ name }) => !before.some((one) => one.name === name))
  const renamed = lost.flatMap(({ body }) => {
    const at = found.findIndex((one) => one.body === body)
    return at === -1 ? [] : found.splice(at, 1)
  }).length
  return [
    ...Array.from({ length: renamed }, () => text(`${part}_changed`, table)),
    ...Array.from({ length: lost.length - renamed }, () => text(`${part}_removed`, table)),
    ...found.map(() => text(`${part}_added`, table)),
  ]
}

/** What holds on to it follows without a word. */
function anchorChanges({ anchor: before }: Model, { anchor: after }: Model): ChangeText[] {
  const at = { schema: 'public', name: after.name }
  return [
    ...(before.name === after.name ? [] : [text('table_renamed', at)]),
    ...(before.column === after.column ? [] : [text('column_renamed', at, after.column)]),
  ]
}

function schemaChanges(before: Model, after: Model): ChangeText[] {
  const known = new Map(before.schemas.map((schema) => [schema.id, schema]))
  const gone = before.schemas.filter(({ id }) => !after.schemas.some((one) => one.id === id))
  return [
    ...gone.map(({ name }) => `schema_removed ${name}`),
    ...after.schemas.flatMap(({ id, name, comment }) => {
      const old = known.get(id)
      if (!old) return [`schema_added ${name}`]
      return [
        ...(old.name === name ? [] : [`schema_renamed ${name}`]),
        ...(old.comment === comment ? [] : [`comment_changed ${name}`]),
      ]
    }),
  ]
}

/** One that is detached is missing to who reads the table. */
function partitionChanges(before: Model, after: Model): ChangeText[] {
  const known = new Map(before.partitions.map((partition) => [partition.id, partition]))
  return after.partitions.flatMap(({ id, name, attached }) => {
    const place = { schema: 'public', name }
    const old = known.get(id)
    if (!old) return [text('table_added', place)]
    if (old.attached === attached) return []
    const ofTable = attached ? [] : [text('partition_changed', { schema: 'public', name: 'parted' })]
    return [text('partition_changed', place), ...ofTable]
  })
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

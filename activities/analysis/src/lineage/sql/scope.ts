import { isWordValue, type SqlDialect } from './dialect.ts'
import { asAmbiguous, eitherOf, fieldOf, nothing, together, type Provenance } from './provenance.ts'
import { columnOf, findColumn, type Relation, type Rows } from './relation.ts'
import type { Tree } from './tree.ts'

/** What the names in an expression can mean; those of an inner query first. */
export interface Scope {
  relations: readonly Relation[]
  /** Columns that USING and NATURAL made one, by lower-case name. */
  merged: ReadonlyMap<string, Provenance>
  parent: Scope | null
  /** Tables by the name that WITH gave them; evaluated when first used, because one that is not used reads nothing. */
  ctes: CteScope | null
  windows: ReadonlyMap<string, Tree>
  /** Aliases of the select items so far. */
  aliases: ReadonlyMap<string, Provenance>
  /** In Snowflake an alias can be used beside it; elsewhere only after the select list. */
  aliasesFirst: boolean
}

export interface CteScope {
  name: string
  rows: () => Rows
  outer: CteScope | null
}

export const emptyScope: Scope = {
  relations: [],
  merged: new Map(),
  parent: null,
  ctes: null,
  windows: new Map(),
  aliases: new Map(),
  aliasesFirst: false,
}

export function findCte(ctes: CteScope | null, name: string): CteScope | null {
  const key = name.toLowerCase()
  for (let cte = ctes; cte; cte = cte.outer) if (cte.name === key) return cte
  return null
}

export interface Names {
  dialect: SqlDialect
  hasVariable(name: string): boolean
  /** What a variable holds; null of one that no query gave a value. */
  rowOf(name: string): Rows | null
}

/** Where a name stands: as a value that may be a relation, as a column, or at the beginning of a path, where no word is a value. */
type NameUse = 'value' | 'column' | 'path'

/** `a`: a column, an alias, a relation as a whole, a variable, and last what a table of unknown columns may have. */
export function resolveName(name: string, scope: Scope, names: Names, use: NameUse = 'value'): Provenance {
  for (let inner: Scope | null = scope; inner; inner = inner.parent) {
    const found = certainlyIn(name, inner)
    if (found) return found
    if (names.hasVariable(name)) return rowAsValue(name, names)
    if (use !== 'path' && isWordValue(name, names.dialect)) return nothing
    const maybe = maybeIn(name, inner)
    if (maybe) return maybe
  }
  if (names.rowOf(name)) return rowAsValue(name, names)
  return use === 'column' ? ofOnlyTable(name, scope) : nothing
}

export function rowAsValue(alias: string, names: Names): Provenance {
  const row = names.rowOf(alias)
  return row ? wholeOf({ ...row, alias }) : nothing
}

/** What no schema knows is a pseudo column, or newer than the schema, where there is only one table that can have it. */
function ofOnlyTable(name: string, scope: Scope): Provenance {
  for (let inner: Scope | null = scope; inner; inner = inner.parent) {
    const [only, another] = inner.relations
    if (only?.table !== undefined && !another)
      return { origins: [{ table: only.table, column: name, certainty: 'inferred' }] }
    if (only) break
  }
  return nothing
}

function certainlyIn(name: string, scope: Scope): Provenance | null {
  const key = name.toLowerCase()
  const merged = scope.merged.get(key)
  if (merged) return merged
  const columns = scope.relations.flatMap((relation) => findColumn(relation, name)?.provenance ?? [])
  if (columns.length > 0) return columns.length === 1 ? (columns[0] ?? null) : asAmbiguous(columns)
  const alias = scope.aliases.get(key)
  if (alias && (scope.aliasesFirst || scope.relations.every(({ open }) => !open))) return alias
  const relation = scope.relations.find((candidate) => candidate.alias?.toLowerCase() === key)
  return relation ? wholeOf(relation) : null
}

function maybeIn(name: string, scope: Scope): Provenance | null {
  for (const weak of [false, true]) {
    const candidates = scope.relations.filter((relation) => (relation.weak ?? false) === weak)
    const found = candidates.flatMap((relation) => relation.open?.(name) ?? [])
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : asAmbiguous(found)
  }
  return null
}

/** A relation named as a value: its row. */
export function wholeOf(relation: Relation): Provenance {
  if (relation.value) return relation.value
  const fields = new Map(relation.columns.map(({ name, provenance }) => [name.toLowerCase(), provenance] as const))
  const { origins } = together([...relation.columns.map(({ provenance }) => provenance), { origins: relation.stars }])
  return { origins, fields, ...(relation.open ? { open: relation.open } : {}) }
}

/** `a.b.c`: the longest beginning that names a relation, then its column, then fields; or a column and its fields. */
export function resolvePath(path: readonly string[], scope: Scope, names: Names): Provenance {
  const [first = '', ...fields] = path
  const [field, ...inner] = fields
  if (field === undefined) return resolveName(first, scope, names, 'column')
  for (let at: Scope | null = scope; at; at = at.parent) {
    const found = relationAt(path, at)
    if (found) return throughFields(columnAt(found.relation, path[found.length] ?? ''), path.slice(found.length + 1))
    const column = certainlyIn(first, at)
    if (column) return throughFields(column, fields)
  }
  const row = names.rowOf(first)
  if (row) return throughFields(columnAt({ ...row, alias: first }, field), inner)
  return throughFields(resolveName(first, scope, names, 'path'), fields)
}

/** The relation that the beginning of a path names, and how many parts of it. */
export function relationAt(path: readonly string[], scope: Scope): { relation: Relation; length: number } | null {
  const parts = path.map((part) => part.toLowerCase())
  for (let length = parts.length - 1; length >= 1; length--) {
    const named = parts.slice(0, length)
    const exact = length === 1 ? scope.relations.find(({ alias }) => alias === path[0]) : undefined
    const relation =
      exact ??
      scope.relations.find(
        ({ alias, path: own }) =>
          (length === 1 && alias?.toLowerCase() === named[0]) || (own !== undefined && isEnd(own, named)),
      )
    if (relation) return { relation, length }
  }
  return null
}

const isEnd = (path: readonly string[], end: readonly string[]): boolean =>
  path.length >= end.length &&
  end.every((part, index) => path[path.length - end.length + index]?.toLowerCase() === part)

function columnAt(relation: Relation, name: string): Provenance {
  // Snowflake's `t.$2`.
  const position = /^\$(\d+)$/.exec(name)
  const column = (position && relation.columns[Number(position[1]) - 1]?.provenance) ?? columnOf(relation, name)
  if (column) return column
  if (relation.value) return fieldOf(relation.value, name)
  // The schema does not know it: a pseudo column, or one that is newer than the schema.
  const { table } = relation
  return table === undefined ? nothing : { origins: [{ table, column: name, certainty: 'inferred' }] }
}

const throughFields = (value: Provenance, fields: readonly string[]): Provenance => fields.reduce(fieldOf, value)

/** Everything that `*` stands for: merged columns first, then the rest of each relation. */
export function starOf(scope: Scope): Rows {
  const merged = [...scope.merged].map(([name, provenance]) => ({ name: mergedName(scope, name), provenance }))
  return starRows(scope.relations, merged, (name) => scope.merged.has(name.toLowerCase()))
}

/** The name as its table spells it. */
const mergedName = (scope: Scope, name: string): string =>
  scope.relations.flatMap((relation) => findColumn(relation, name)?.name ?? [])[0] ?? name

export function starRows(
  relations: readonly Relation[],
  before: Rows['columns'],
  isMerged: (name: string) => boolean,
): Rows {
  const columns = [...before]
  let certain: number | null = null
  for (const relation of relations) {
    const own = relation.columns.filter(({ name }) => !isMerged(name))
    if (relation.open && !relation.weak) certain ??= columns.length + Math.min(relation.certain, own.length)
    columns.push(...own)
  }
  const opened = relations.filter(({ open, weak }) => open && !weak)
  const open = (name: string): Provenance | null => {
    const found = opened.flatMap((relation) => relation.open?.(name) ?? [])
    if (found.length === 0) return null
    return found.length === 1 ? eitherOf(found) : asAmbiguous(found)
  }
  const stars = relations.flatMap((relation) =>
    // The fields of an element that has no name are all there is of it.
    relation.value && relation.columns.length === 0 ? relation.value.origins : relation.weak ? [] : relation.stars,
  )
  return { columns, open: opened.length > 0 ? open : null, stars, certain: certain ?? columns.length }
}

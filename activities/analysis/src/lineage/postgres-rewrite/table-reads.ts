import { isNode, type TreeNode, type TreeValue } from './node-tree.ts'
import { armsOf } from './column-flow.ts'
import { listOf, numberOf, rangeEntry, rangeKinds, type Scope, type Scopes } from './scope.ts'
import { cellsOf, fieldOfRow, type EntryColumn } from './variable.ts'

/** Columns by the `externalId` of their relation; a relation of which only rows are counted has none. */
export type Reads = Map<string, Set<number>>

/** What of a query is looked at; its other fields refer to these. */
const queryFields = [
  'cteList',
  'jointree',
  'targetList',
  'havingQual',
  'windowClause',
  'limitOffset',
  'limitCount',
] as const
/** What of an entry of the range table is looked at when a query takes rows from it, by `rtekind`. */
const entryFields: Partial<Record<number, string>> = {
  [rangeKinds.function]: 'functions',
  [rangeKinds.tableFunction]: 'tablefunc',
  [rangeKinds.values]: 'values_lists',
}

/**
 * Every stored relation and column that a query touches, be it to show or only to join, filter, group or order. Entries of
 * the range table that nothing takes rows from are left out: before Postgres 16 a view's own old and new rows are there.
 */
export function readsOf(root: Scope, scopes: Scopes): Reads {
  return new TableReads(scopes).of(root)
}

class TableReads {
  readonly #scopes: Scopes
  readonly #reads: Reads = new Map()
  readonly #open: { value: TreeValue; scope: Scope }[] = []
  readonly #used = new Set<string>()

  constructor(scopes: Scopes) {
    this.#scopes = scopes
  }

  of(root: Scope): Reads {
    this.#enterQuery(root)
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      const { value, scope } = next
      if (Array.isArray(value)) for (const item of value) this.#later(item, scope)
      else if (isNode(value)) this.#enter(value, scope)
    }
    return this.#reads
  }

  #enter(node: TreeNode, scope: Scope): void {
    switch (node.tag) {
      case 'QUERY':
        return this.#enterQuery(this.#scopes.of(node, scope))
      case 'VAR':
        for (const cell of cellsOf(node, scope)) this.#use(cell)
        return
      case 'FIELDSELECT': {
        const cell = fieldOfRow(node, scope)
        if (cell === null) break
        return this.#use(cell)
      }
      case 'RANGETBLREF':
        return this.#takeFrom(numberOf(node, 'rtindex'), scope)
    }
    for (const field of node.fields.values()) this.#later(field, scope)
  }

  #enterQuery(scope: Scope): void {
    for (const field of queryFields) this.#later(scope.query.fields.get(field) ?? null, scope)
    for (const arm of armsOf(scope.query)) this.#takeFrom(arm, scope)
  }

  #takeFrom(index: number, scope: Scope): void {
    const entry = rangeEntry(scope, index)
    const kind = numberOf(entry, 'rtekind')
    if (kind === rangeKinds.relation) this.#columnsOf(entry)
    const field = kind === rangeKinds.subquery ? 'subquery' : entryFields[kind]
    if (field !== undefined) this.#later(entry.fields.get(field) ?? null, scope)
    this.#later(entry.fields.get('tablesample') ?? null, scope)
  }

  /** The names that joins and groups give to columns hide expressions, which are looked at when such a name is used. */
  #use({ scope, entry: index, column }: EntryColumn): void {
    const entry = rangeEntry(scope, index)
    const kind = numberOf(entry, 'rtekind')
    if (kind === rangeKinds.relation) this.#columnsOf(entry).add(column)
    if (kind !== rangeKinds.join && kind !== rangeKinds.group) return
    const key = `${scope.id} ${index} ${column}`
    if (this.#used.has(key)) return
    this.#used.add(key)
    const hidden = listOf(entry, kind === rangeKinds.join ? 'joinaliasvars' : 'groupexprs')
    this.#later(hidden[column - 1] ?? null, scope)
  }

  #columnsOf(entry: TreeNode): Set<number> {
    const externalId = `r:${numberOf(entry, 'relid')}`
    const columns = this.#reads.get(externalId) ?? new Set()
    this.#reads.set(externalId, columns)
    return columns
  }

  #later(value: TreeValue, scope: Scope): void {
    if (typeof value === 'object' && value !== null) this.#open.push({ value, scope })
  }
}

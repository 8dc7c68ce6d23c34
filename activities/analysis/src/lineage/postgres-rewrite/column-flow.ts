import { isNode, type TreeNode, type TreeValue } from './node-tree.ts'
import { NodeTreeError } from './node-tree-error.ts'
import {
  cteOf,
  listOf,
  nodeOf,
  nodesOf,
  numberOf,
  rangeEntry,
  rangeKinds,
  textOf,
  type Scope,
  type Scopes,
} from './scope.ts'
import { cellsOf, fieldOfRow, type EntryColumn } from './variable.ts'

/** A column of a stored relation, where following a value ends. */
export interface BaseColumn {
  externalId: string
  /** As in pg_attribute; the columns of a table have numbers from 1. */
  attnum: number
}

/** A column inside the tree: of an entry of the range table, or an output of a query. */
interface Cell extends EntryColumn {
  /** The entry of an output is 0. */
  kind: 'entry' | 'output'
}

type Source = { kind: 'base'; column: BaseColumn } | Cell

/** An expression and the query whose range table it speaks of. */
interface Expression {
  value: TreeValue
  scope: Scope
}

const existsSublink = 0

/**
 * Follows values backwards. Each cell of the tree is looked into once, whoever asks; asking walks from cell to cell with a
 * list of those seen, so that a recursive query, which is made from itself, comes to an end.
 */
export class ColumnFlow {
  readonly #scopes: Scopes
  readonly #sourcesOf = new Map<string, Source[]>()

  constructor(scopes: Scopes) {
    this.#scopes = scopes
  }

  /** The stored columns that an output column of a query is made from, in the order they are met. */
  basesOf(scope: Scope, output: number): BaseColumn[] {
    const first: Cell = { kind: 'output', scope, entry: 0, column: output }
    const seen = new Set([keyOf(first)])
    const bases = new Map<string, BaseColumn>()
    const open: Cell[] = [first]
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      for (const source of this.#lookInto(cell)) {
        if (source.kind === 'base') {
          bases.set(`${source.column.externalId} ${source.column.attnum}`, source.column)
        } else if (!seen.has(keyOf(source))) {
          seen.add(keyOf(source))
          open.push(source)
        }
      }
    }
    return [...bases.values()]
  }

  #lookInto(cell: Cell): Source[] {
    const key = keyOf(cell)
    const known = this.#sourcesOf.get(key)
    if (known !== undefined) return known
    const sources = cell.kind === 'output' ? this.#outputSources(cell) : this.#entrySources(cell)
    this.#sourcesOf.set(key, sources)
    return sources
  }

  /** An output of a union is made from the outputs at its place in every arm. */
  #outputSources({ scope, column }: Cell): Source[] {
    const arms = armsOf(scope.query)
    if (arms.length > 0) return arms.map((entry) => ({ kind: 'entry', scope, entry, column }))
    const target = scope.outputs.get(column)
    return target === undefined ? [] : this.#sourcesIn({ value: target.fields.get('expr') ?? null, scope })
  }

  #entrySources({ scope, entry: index, column }: Cell): Source[] {
    const entry = rangeEntry(scope, index)
    const kind = numberOf(entry, 'rtekind')
    switch (kind) {
      case rangeKinds.relation:
        return [{ kind: 'base', column: { externalId: `r:${numberOf(entry, 'relid')}`, attnum: column } }]
      case rangeKinds.subquery:
        return [{ kind: 'output', scope: this.#scopes.of(nodeOf(entry, 'subquery'), scope), entry: 0, column }]
      case rangeKinds.cte:
        return this.#cteSources(scope, entry, column)
      case rangeKinds.join:
        return this.#sourcesIn({ value: listOf(entry, 'joinaliasvars')[column - 1] ?? null, scope })
      case rangeKinds.group:
        return this.#sourcesIn({ value: listOf(entry, 'groupexprs')[column - 1] ?? null, scope })
      case rangeKinds.values:
        return this.#sourcesIn({ value: valuesAt(entry, column), scope })
      case rangeKinds.function:
        return this.#sourcesIn({ value: functionOf(entry, column), scope })
      case rangeKinds.tableFunction:
        return this.#sourcesIn({ value: nodeOf(entry, 'tablefunc'), scope })
      case rangeKinds.tupleStore:
      case rangeKinds.result:
        return []
      default:
        throw new NodeTreeError(`an entry of the range table is of the unknown kind ${kind}`, null)
    }
  }

  /** `search` and `cycle` append columns that are made from the columns they list. */
  #cteSources(scope: Scope, entry: TreeNode, column: number): Source[] {
    const { cte, owner } = cteOf(scope, entry)
    const inner = this.#scopes.of(nodeOf(cte, 'ctequery'), owner)
    const names = listOf(cte, 'ctecolnames')
    if (column <= inner.outputs.size) return [{ kind: 'output', scope: inner, entry: 0, column }]
    return ['search_clause', 'cycle_clause'].flatMap((clause) => {
      const node = cte.fields.get(clause)
      const listed = isNode(node) ? listOf(node, clause === 'search_clause' ? 'search_col_list' : 'cycle_col_list') : []
      return listed.map((name): Cell => ({ kind: 'output', scope: inner, entry: 0, column: names.indexOf(name) + 1 }))
    })
  }

  /** Everything an expression is computed from, conditions of a CASE and filters of an aggregate included. */
  #sourcesIn(expression: Expression): Source[] {
    const sources: Source[] = []
    const open: Expression[] = [expression]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { value, scope } = next
      if (Array.isArray(value)) {
        for (let index = value.length - 1; index >= 0; index -= 1) open.push({ value: value[index] ?? null, scope })
      } else if (isNode(value)) {
        const inside = this.#enter(value, scope, sources)
        for (let index = inside.length - 1; index >= 0; index -= 1) {
          const inner = inside[index]
          if (inner !== undefined) open.push(inner)
        }
      }
    }
    return sources
  }

  /** Adds what a node points at itself. @returns the expressions in it that are still to be looked into */
  #enter(node: TreeNode, scope: Scope, sources: Source[]): Expression[] {
    switch (node.tag) {
      case 'VAR':
        for (const cell of cellsOf(node, scope)) sources.push({ kind: 'entry', ...cell })
        return []
      case 'FIELDSELECT': {
        const cell = fieldOfRow(node, scope)
        if (cell === null) break
        sources.push({ kind: 'entry', ...cell })
        return []
      }
      case 'SUBLINK':
        return this.#sublink(node, scope, sources)
      case 'WINDOWFUNC':
        return [...fieldsOf(node, scope), ...windowOf(node, scope)]
      // Of a join that an EXISTS looks at, its condition; what the joined entries hold comes by the variables in it.
      case 'RANGETBLREF':
        return []
    }
    return fieldsOf(node, scope)
  }

  /** The value of a subquery is its outputs; that of EXISTS has none and comes from its conditions. */
  #sublink(node: TreeNode, scope: Scope, sources: Source[]): Expression[] {
    const query = nodeOf(node, 'subselect')
    const inner = this.#scopes.of(query, scope)
    const tested: Expression = { value: node.fields.get('testexpr') ?? null, scope }
    if (numberOf(node, 'subLinkType') === existsSublink) {
      const conditions = ['jointree', 'havingQual'].map((field) => query.fields.get(field) ?? null)
      return [tested, ...conditions.map((value) => ({ value, scope: inner }))]
    }
    for (const column of inner.outputs.keys()) sources.push({ kind: 'output', scope: inner, entry: 0, column })
    return [tested]
  }
}

const keyOf = ({ kind, scope, entry, column }: Cell): string => `${kind} ${scope.id} ${entry} ${column}`

function fieldsOf(node: TreeNode, scope: Scope): Expression[] {
  const fields: Expression[] = []
  for (const value of node.fields.values())
    if (typeof value === 'object' && value !== null) fields.push({ value, scope })
  return fields
}

/** A window is cut and ordered by targets of its query, which it names by their sort group. */
function windowOf(windowFunction: TreeNode, scope: Scope): Expression[] {
  const reference = textOf(windowFunction, 'winref')
  const clause = nodesOf(scope.query, 'windowClause').find((one) => textOf(one, 'winref') === reference)
  if (clause === undefined) throw new NodeTreeError(`the query has no window ${reference}`, null)
  const groups = ['partitionClause', 'orderClause'].flatMap((field) => nodesOf(clause, field))
  const wanted = new Set(groups.map((group) => textOf(group, 'tleSortGroupRef')))
  const targets = nodesOf(scope.query, 'targetList').filter((target) => wanted.has(textOf(target, 'ressortgroupref')))
  const offsets = ['startOffset', 'endOffset'].map((field) => clause.fields.get(field) ?? null)
  return [...targets, ...offsets].map((value) => ({ value, scope }))
}

/** The entries of the range table whose rows a union, intersection or difference puts together. */
export function armsOf(query: TreeNode): number[] {
  const arms: number[] = []
  const open = [query.fields.get('setOperations')]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isNode(next)) continue
    if (next.tag === 'RANGETBLREF') arms.push(numberOf(next, 'rtindex'))
    else open.push(next.fields.get('rarg'), next.fields.get('larg'))
  }
  return arms
}

const valuesAt = (entry: TreeNode, column: number): TreeValue =>
  listOf(entry, 'values_lists').map((row) => (Array.isArray(row) ? (row[column - 1] ?? null) : null))

/** Functions side by side (`rows from`) give their columns one after the other; an ordinality is made from nothing. */
function functionOf(entry: TreeNode, column: number): TreeValue {
  let last = 0
  for (const one of nodesOf(entry, 'functions')) {
    last += numberOf(one, 'funccolcount')
    if (column <= last) return one.fields.get('funcexpr') ?? null
  }
  return null
}

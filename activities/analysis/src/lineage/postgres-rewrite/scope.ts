import { isNode, type TreeNode, type TreeValue } from './node-tree.ts'
import { NodeTreeError } from './node-tree-error.ts'

/** A query inside a query: what a Var in it may point at, here or, by `varlevelsup`, further out. */
export interface Scope {
  /** Tells the queries of one tree apart. */
  id: number
  query: TreeNode
  parent: Scope | null
  /** The targets that are columns, by number: without those which only serve to sort or group. */
  outputs: ReadonlyMap<number, TreeNode>
}

/** `rtekind` of a range table entry; the numbers are those of Postgres 12 to 18. */
export const rangeKinds = {
  relation: 0,
  subquery: 1,
  join: 2,
  function: 3,
  tableFunction: 4,
  values: 5,
  cte: 6,
  tupleStore: 7,
  result: 8,
  group: 9,
} as const

/** Every query of a tree has one place, and so one scope. */
export class Scopes {
  readonly #byQuery = new Map<TreeNode, Scope>()

  of(query: TreeNode, parent: Scope | null): Scope {
    const known = this.#byQuery.get(query)
    if (known !== undefined) return known
    const scope = { id: this.#byQuery.size, query, parent, outputs: outputsOf(query) }
    this.#byQuery.set(query, scope)
    return scope
  }
}

/** @throws NodeTreeError where the tree has fewer levels */
export function scopeAbove(scope: Scope, levels: number): Scope {
  let above: Scope | null = scope
  for (let level = 0; level < levels && above !== null; level += 1) above = above.parent
  if (above === null) throw new NodeTreeError(`a reference ${levels} levels up leaves the query`, null)
  return above
}

/** An entry of the range table, counted from 1. @throws NodeTreeError where there is none */
export function rangeEntry(scope: Scope, index: number): TreeNode {
  const entry = listOf(scope.query, 'rtable')[index - 1]
  if (!isNode(entry)) throw new NodeTreeError(`the range table has no entry ${index}`, null)
  return entry
}

function outputsOf(query: TreeNode): Map<number, TreeNode> {
  const targets = nodesOf(query, 'targetList').filter((target) => target.fields.get('resjunk') === 'false')
  return new Map(targets.map((target) => [numberOf(target, 'resno'), target]))
}

/** The common table expression an entry of the range table names, and the query that declares it. */
export function cteOf(scope: Scope, entry: TreeNode): { cte: TreeNode; owner: Scope } {
  const owner = scopeAbove(scope, numberOf(entry, 'ctelevelsup'))
  const name = textOf(entry, 'ctename')
  const cte = nodesOf(owner.query, 'cteList').find((one) => textOf(one, 'ctename') === name)
  if (cte === undefined) throw new NodeTreeError(`no common table expression is called ${name}`, null)
  return { cte, owner }
}

/** @throws NodeTreeError, as all readers of fields, where the tree has something else in its place */
export function nodeOf(node: TreeNode, field: string): TreeNode {
  const value = node.fields.get(field)
  if (!isNode(value)) throw new NodeTreeError(`${node.tag} has no node ${field}`, null)
  return value
}

/** An empty list is written as no value. */
export function listOf(node: TreeNode, field: string): TreeValue[] {
  const value = node.fields.get(field) ?? null
  if (value === null) return []
  if (!Array.isArray(value)) throw new NodeTreeError(`${field} of ${node.tag} is no list`, null)
  return value
}

export const nodesOf = (node: TreeNode, field: string): TreeNode[] => listOf(node, field).filter(isNode)

export function numberOf(node: TreeNode, field: string): number {
  const value = Number(node.fields.get(field) ?? Number.NaN)
  if (!Number.isInteger(value)) throw new NodeTreeError(`${field} of ${node.tag} is no number`, null)
  return value
}

export function textOf(node: TreeNode, field: string): string {
  const value = node.fields.get(field)
  if (typeof value !== 'string') throw new NodeTreeError(`${field} of ${node.tag} is no text`, null)
  return value
}

import { ColumnFlow, type BaseColumn } from './column-flow.ts'
import { isNode, type TreeNode, type TreeValue } from './node-tree.ts'
import { NodeTreeError } from './node-tree-error.ts'
import { Scopes } from './scope.ts'
import { readsOf } from './table-reads.ts'

export interface ColumnLineage {
  outputs: OutputColumn[]
  /**
   * Every column that the query touches, be it only to join, filter or order; `attnum` is null for a relation of which no
   * column is named. Sorted by relation and column.
   */
  reads: { externalId: string; attnum: number | null }[]
}

export interface OutputColumn {
  /** As the query called it when it was stored: a view's columns can be renamed later, so tell them by their number. */
  name: string
  /** The column's number in the view, from 1. */
  attnum: number
  /** Whose values flow into it, through whatever expression; none for a constant. Sorted by relation and column. */
  sources: BaseColumn[]
}

/**
 * Where the columns of a view come from, by the tree of its rewrite rule (`pg_rewrite.ev_action`).
 * @throws NodeTreeError for a tree that is no rule with one query, or that does not fit together
 */
export function columnLineageOf(tree: TreeValue): ColumnLineage {
  const scopes = new Scopes()
  const root = scopes.of(queryOf(tree), null)
  const flow = new ColumnFlow(scopes)
  const outputs = [...root.outputs].map(([attnum, target]): OutputColumn => {
    const name = target.fields.get('resname')
    return {
      name: typeof name === 'string' ? name : `?column ${attnum}?`,
      attnum,
      sources: flow.basesOf(root, attnum).toSorted(byColumn),
    }
  })
  const reads = [...readsOf(root, scopes)].flatMap(([externalId, columns]): ColumnLineage['reads'] =>
    columns.size === 0 ? [{ externalId, attnum: null }] : [...columns].map((attnum) => ({ externalId, attnum })),
  )
  return { outputs, reads: reads.toSorted(byColumn) }
}

function queryOf(tree: TreeValue): TreeNode {
  const actions = Array.isArray(tree) ? tree : [tree]
  const [query] = actions
  if (actions.length !== 1 || !isNode(query) || query.tag !== 'QUERY') {
    throw new NodeTreeError('the tree is no rule with one query', null)
  }
  return query
}

type Sortable = { externalId: string; attnum: number | null }

function byColumn(left: Sortable, right: Sortable): number {
  const byRelation = oidOf(left) - oidOf(right)
  return byRelation === 0 ? (left.attnum ?? 0) - (right.attnum ?? 0) : byRelation
}

const oidOf = ({ externalId }: Sortable) => Number(externalId.slice(2))

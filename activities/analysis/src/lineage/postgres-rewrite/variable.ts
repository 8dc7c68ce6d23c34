import { isNode, type TreeNode } from './node-tree.ts'
import { listOf, nodeOf, numberOf, rangeEntry, rangeKinds, scopeAbove, type Scope } from './scope.ts'

/** A column of an entry of a query's range table. */
export interface EntryColumn {
  scope: Scope
  entry: number
  column: number
}

/** A variable points at one column; number 0 is the whole row, a negative number what the system knows of it. */
export function cellsOf(variable: TreeNode, scope: Scope): EntryColumn[] {
  const target = scopeAbove(scope, numberOf(variable, 'varlevelsup'))
  const entry = numberOf(variable, 'varno')
  const column = numberOf(variable, 'varattno')
  if (column > 0) return [{ scope: target, entry, column }]
  return column === 0 ? wholeRow(target, entry) : []
}

/** Names of dropped columns are empty. */
function wholeRow(scope: Scope, entry: number): EntryColumn[] {
  const names = listOf(nodeOf(rangeEntry(scope, entry), 'eref'), 'colnames')
  return names.flatMap((name, at) => (name === '' ? [] : [{ scope, entry, column: at + 1 }]))
}

/** `(row).field` of a whole row is one of its columns; null for a field of anything else. */
export function fieldOfRow(select: TreeNode, scope: Scope): EntryColumn | null {
  const row = select.fields.get('arg')
  if (!isNode(row) || row.tag !== 'VAR' || numberOf(row, 'varattno') !== 0) return null
  const target = scopeAbove(scope, numberOf(row, 'varlevelsup'))
  const entry = numberOf(row, 'varno')
  const kind = numberOf(rangeEntry(target, entry), 'rtekind')
  // The row of a function has the fields of its type, which are not those of its entry.
  if (kind === rangeKinds.function || kind === rangeKinds.tableFunction) return null
  return { scope: target, entry, column: numberOf(select, 'fieldnum') }
}

export { columnLineageOf, type ColumnLineage, type OutputColumn } from './postgres-rewrite/column-lineage.ts'
export { NodeTreeError } from './postgres-rewrite/node-tree-error.ts'
export { parseNodeTree, type TreeNode, type TreeValue } from './postgres-rewrite/node-tree.ts'

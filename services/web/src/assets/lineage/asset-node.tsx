import { Text, UnstyledButton } from '@mantine/core'
import { Handle, Position, type NodeProps } from '@xyflow/react'
import { createContext, use } from 'react'
import { AssetKindIcon } from '../asset-kind.tsx'
import { pointKey, type ColumnPoint } from './trace-column.ts'
import classes from './lineage.module.css'
import type { AssetNode } from './flow-elements.ts'

/** What a click on a column does. */
export const TraceContext = createContext<(point: ColumnPoint) => void>(() => undefined)

/** A relation in the graph: kind and name, and the columns that values flow through. */
export function AssetNodeView({ data: { placed, isRoot, traced } }: NodeProps<AssetNode>) {
  const { node, columns } = placed
  const trace = use(TraceContext)
  const schema = node.qualifiedName.split('.').at(-2) ?? ''
  return (
    <div className={classes.node} data-root={isRoot || undefined} data-removed={node.removedAt !== null || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} className={classes.handle} />
      <div className={classes.head}>
        <AssetKindIcon kind={node.kind} />
        <div className={classes.names}>
          <Text size="xs" fw={600} truncate title={node.qualifiedName}>
            {node.name}
          </Text>
          <Text fz={10} c="dimmed" truncate lh={1.2}>
            {node.removedAt === null ? schema : 'removed'}
          </Text>
        </div>
      </div>
      {columns.length > 0 && (
        <div className={classes.columns}>
          {columns.map((column) => (
            <div key={column} className={classes.column}>
              <Handle
                type="target"
                id={`in:${column}`}
                position={Position.Left}
                isConnectable={false}
                className={classes.handle}
              />
              <UnstyledButton
                className={`${classes.columnName} nodrag`}
                data-traced={traced?.has(pointKey({ assetId: node.id, column })) || undefined}
                title={`${column}: follow its values`}
                onClick={(event) => {
                  event.stopPropagation()
                  trace({ assetId: node.id, column })
                }}
              >
                {column}
              </UnstyledButton>
              <Handle
                type="source"
                id={`out:${column}`}
                position={Position.Right}
                isConnectable={false}
                className={classes.handle}
              />
            </div>
          ))}
        </div>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} className={classes.handle} />
    </div>
  )
}

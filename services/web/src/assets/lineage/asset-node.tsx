import { Anchor, Text, UnstyledButton } from '@mantine/core'
import { IconFolders } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react'
import { createContext, use } from 'react'
import { counted } from '../../text/count.ts'
import { AssetKindIcon } from '../asset-kind.tsx'
import { pointKey, type ColumnPoint, type Trace } from './trace-column.ts'
import classes from './lineage.module.css'
import type { DrawnNode } from './drawn-graph.ts'
import type { AssetNode } from './flow-elements.ts'

/** What can be done in a node. */
export interface NodeActions {
  follow: (point: ColumnPoint) => void
  /** Lists all columns, or the relations of the schema. */
  unfold: (node: DrawnNode) => void
}
export const NodeActionsContext = createContext<NodeActions>({ follow: () => undefined, unfold: () => undefined })

/** Below this zoom only large names can be read. */
export const farZoom = 0.4

/** A relation in the graph: kind and name, and the columns that values flow through. From afar only its name, written large. */
export function AssetNodeView({ data: { drawn, isRoot, trace } }: NodeProps<AssetNode>) {
  const far = useStore(({ transform }) => transform[2] < farZoom)
  const removed = drawn.members.every(({ removedAt }) => removedAt !== null)
  return (
    <div className={classes.node} data-root={isRoot || undefined} data-removed={removed || undefined}>
      {far ? (
        <div className={classes.farName}>{drawn.label}</div>
      ) : (
        <>
          <NodeEnds />
          <NodeHead drawn={drawn} removed={removed} />
          {drawn.columns.length > 0 && <NodeColumns drawn={drawn} trace={trace} />}
        </>
      )}
    </div>
  )
}

function NodeHead({ drawn, removed }: { drawn: DrawnNode; removed: boolean }) {
  const { unfold } = use(NodeActionsContext)
  const [first] = drawn.members
  if (first === undefined) return null
  return (
    <div className={classes.head}>
      {drawn.isSchema ? <IconFolders size={16} aria-hidden /> : <AssetKindIcon kind={first.kind} />}
      <div className={classes.names}>
        {drawn.isSchema ? (
          <UnstyledButton className={classes.schemaName} tabIndex={-1} onClick={() => unfold(drawn)}>
            {drawn.label}
          </UnstyledButton>
        ) : (
          <Anchor
            className={classes.name}
            title={first.qualifiedName}
            renderRoot={(props) => (
              <Link
                {...props}
                tabIndex={-1}
                preload={false}
                to="/assets/$assetId"
                params={{ assetId: first.id }}
                search={(before) => ({ ...before, tab: 'lineage', column: undefined })}
              />
            )}
          >
            {drawn.label}
          </Anchor>
        )}
        <Text fz={10} c="dimmed" truncate lh={1.2}>
          {drawn.isSchema ? counted(drawn.members.length, 'relation') : removed ? 'removed' : drawn.schema}
        </Text>
      </div>
    </div>
  )
}

function NodeColumns({ drawn, trace }: { drawn: DrawnNode; trace: Trace | null }) {
  const { follow, unfold } = use(NodeActionsContext)
  const lookOf = (column: string): 'direct' | 'indirect' | undefined => {
    const point = pointKey({ assetId: drawn.id, column })
    if (trace?.direct.has(point) === true) return 'direct'
    return trace?.indirect.has(point) === true ? 'indirect' : undefined
  }
  return (
    <div className={classes.columns}>
      {drawn.columns.map((column) => (
        <div key={column} className={classes.column}>
          <NodeEnds column={column} />
          <UnstyledButton
            className={`${classes.columnName} nodrag`}
            tabIndex={-1}
            data-traced={lookOf(column)}
            title={`${column}: follow its values`}
            onClick={(event) => {
              event.stopPropagation()
              follow({ assetId: drawn.id, column })
            }}
          >
            {column}
          </UnstyledButton>
        </div>
      ))}
      {drawn.moreColumns > 0 && (
        <UnstyledButton className={classes.moreColumns} tabIndex={-1} onClick={() => unfold(drawn)}>
          {drawn.moreColumns} more
        </UnstyledButton>
      )}
    </div>
  )
}

/** Where edges end and begin; the library measures them again in each node that it draws. */
function NodeEnds({ column }: { column?: string }) {
  const end = { isConnectable: false, className: classes.handle ?? '' }
  return (
    <>
      <Handle type="target" position={Position.Left} {...end} {...(column !== undefined && { id: `in:${column}` })} />
      <Handle type="source" position={Position.Right} {...end} {...(column !== undefined && { id: `out:${column}` })} />
    </>
  )
}

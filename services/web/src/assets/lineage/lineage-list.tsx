import { Anchor, Badge, Button, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { ColumnPairs } from './column-pairs.tsx'
import { EdgeEvidence } from './edge-evidence.tsx'
import { certaintyText, evidenceLabels } from './evidence-labels.ts'
import classes from './lineage.module.css'
import type { LineageEdge, LineageNode } from './drawn-graph.ts'
import type { Lineage } from '@plumbline/api'

/** At once; a table of thousands of rows would take seconds to draw. */
const rowsAtOnce = 200

/** What the graph shows, as a table: for screen readers, for the keyboard, and for reading the SQL. */
export function LineageList({ lineage }: { lineage: Lineage }) {
  const [rows, setRows] = useState(rowsAtOnce)
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]))
  const edges = lineage.edges.slice(0, rows)
  return (
    <section className={classes.list} aria-label="Lineage as a list">
      <HeadedTable
        label="Lineage"
        minWidth={680}
        headers={['From', 'To', 'Read from', 'Last seen', 'Columns and SQL']}
        stickyHeader
      >
        {edges.map((edge, index) => (
          <EdgeRow key={`${edge.from}:${edge.to}:${edge.evidence}:${index}`} edge={edge} nodes={nodes} />
        ))}
      </HeadedTable>
      {lineage.edges.length > rows && (
        <Button variant="default" size="xs" m="md" onClick={() => setRows(rows + rowsAtOnce)}>
          Show more of {lineage.edges.length} edges
        </Button>
      )}
    </section>
  )
}

function EdgeRow({ edge, nodes }: { edge: LineageEdge; nodes: ReadonlyMap<string, LineageNode> }) {
  const [open, setOpen] = useState(false)
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
  if (from === undefined || to === undefined) return null
  const drawn = {
    id: `${from.id}>${to.id}`,
    from: from.id,
    to: to.id,
    fromLabel: from.name,
    toLabel: to.name,
    parts: [edge],
  }
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <NodeLink node={from} />
      </Table.Td>
      <Table.Td>
        <NodeLink node={to} />
      </Table.Td>
      <Table.Td>
        {evidenceLabels[edge.evidence]}
        {edge.source !== null && ` ${edge.source}`}
        {certaintyText(edge) !== null && `, ${certaintyText(edge)}`}
      </Table.Td>
      <Table.Td>
        <TimeAgo at={edge.lastSeenAt} />
        {edge.faded && (
          <Badge size="xs" color="gray" variant="light" ml={6}>
            Faded
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <ColumnPairs edge={edge} />
        {open ? (
          <EdgeEvidence edge={drawn} onClose={() => setOpen(false)} />
        ) : (
          <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
            Show evidence
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function NodeLink({ node }: { node: LineageNode }) {
  return (
    <Anchor
      size="sm"
      className={classes.breaking}
      renderRoot={(props) => (
        <Link
          {...props}
          to="/assets/$assetId"
          params={{ assetId: node.id }}
          search={(before) => ({ ...before, tab: 'lineage', column: undefined })}
        />
      )}
    >
      {node.qualifiedName}
    </Anchor>
  )
}

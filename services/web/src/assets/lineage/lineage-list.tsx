import { Anchor, Button, Code, Collapse, List, Stack, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { evidenceLabels } from './evidence-labels.ts'
import code from '../../shell/code.module.css'
import { HeadedTable } from '../../shell/headed-table.tsx'
import type { LineageEdge, LineageNode } from './lineage-layout.ts'
import type { Lineage } from '@plumbline/api'

/** What the graph shows, as a table: for screen readers, for the keyboard, and for reading the SQL. */
export function LineageList({ lineage }: { lineage: Lineage }) {
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]))
  if (lineage.edges.length === 0) return null
  return (
    <Stack gap="xs" p="md" component="section" aria-label="Lineage as a list">
      <Title order={2}>As a list</Title>
      <HeadedTable label="Lineage" minWidth={560} headers={['From', 'To', 'Read from', 'Columns and SQL']}>
        {lineage.edges.map((edge) => (
          <Table.Tr key={`${edge.from}:${edge.to}:${edge.evidence}`} style={{ verticalAlign: 'top' }}>
            <Table.Td>{nodeLink(nodes.get(edge.from))}</Table.Td>
            <Table.Td>{nodeLink(nodes.get(edge.to))}</Table.Td>
            <Table.Td>{evidenceLabels[edge.evidence]}</Table.Td>
            <Table.Td>
              <EdgeDetail edge={edge} />
            </Table.Td>
          </Table.Tr>
        ))}
      </HeadedTable>
    </Stack>
  )
}

function nodeLink(node: LineageNode | undefined) {
  if (node === undefined) return null
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => (
        <Link
          {...props}
          to="/assets/$assetId"
          params={{ assetId: node.id }}
          search={(before) => ({ ...before, tab: 'lineage' })}
        />
      )}
    >
      {node.qualifiedName}
    </Anchor>
  )
}

function EdgeDetail({ edge }: { edge: LineageEdge }) {
  const [open, { toggle }] = useDisclosure(false)
  return (
    <>
      {edge.columns.length > 0 && (
        <List size="xs" listStyleType="none">
          {edge.columns.map((pair) => (
            <List.Item key={`${pair.from}:${pair.to}`}>
              <Code>{pair.from}</Code> → <Code>{pair.to}</Code>
            </List.Item>
          ))}
        </List>
      )}
      {edge.sql === null ? (
        edge.columns.length === 0 && <Text size="xs">–</Text>
      ) : (
        <>
          <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={toggle}>
            {open ? 'Hide SQL' : 'Show SQL'}
          </Button>
          <Collapse expanded={open}>
            <pre className={code.code} tabIndex={0} aria-label="SQL">
              {edge.sql}
            </pre>
          </Collapse>
        </>
      )}
    </>
  )
}

import { CloseButton, Group, Paper, Text } from '@mantine/core'
import { evidenceLabels } from './evidence-labels.ts'
import { TimeAgo } from '../../shell/time-ago.tsx'
import code from '../../shell/code.module.css'
import classes from './lineage.module.css'
import type { LineageEdge, LineageNode } from './lineage-layout.ts'

interface EdgeEvidenceProps {
  edge: LineageEdge
  nodes: readonly LineageNode[]
  onClose: () => void
}

/** Why an edge is there: what it was read from, when it was seen last, and the SQL. */
export function EdgeEvidence({ edge, nodes, onClose }: EdgeEvidenceProps) {
  const name = (assetId: string): string => nodes.find(({ id }) => id === assetId)?.name ?? assetId
  return (
    <Paper withBorder shadow="sm" p="xs" className={classes.evidence ?? ''}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600}>
          {name(edge.from)} → {name(edge.to)}
        </Text>
        <CloseButton size="sm" aria-label="Close the evidence" onClick={onClose} />
      </Group>
      <Text size="xs" c="dimmed">
        {evidenceLabels[edge.evidence]}, seen <TimeAgo at={edge.lastSeenAt} />
      </Text>
      {edge.sql !== null && <pre className={code.code}>{edge.sql}</pre>}
    </Paper>
  )
}

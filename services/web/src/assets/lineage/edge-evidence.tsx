import { Alert, Badge, CloseButton, Code, Group, Loader, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { edgeEvidence } from '../../api/asset-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import code from '../../shell/code.module.css'
import { counted } from '../../text/count.ts'
import { ColumnPairs } from './column-pairs.tsx'
import { certaintyText, evidenceLabels } from './evidence-labels.ts'
import classes from './lineage.module.css'
import type { DrawnEdge, LineageEdge } from './drawn-graph.ts'

/** Why an edge is there: each piece of evidence, what it was read from, when it was seen, and the SQL. */
export function EdgeEvidence({ edge, onClose }: { edge: DrawnEdge; onClose: () => void }) {
  const pairs = new Set(edge.parts.map(({ from, to }) => `${from} ${to}`))
  const [first] = edge.parts
  return (
    <Paper withBorder shadow="sm" p="xs" className={classes.evidence ?? ''} role="region" aria-label="Evidence">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600} className={classes.breaking ?? ''}>
          {edge.fromLabel} → {edge.toLabel}
        </Text>
        <CloseButton size="sm" aria-label="Close the evidence" onClick={onClose} />
      </Group>
      {pairs.size === 1 && first !== undefined ? (
        <Evidence from={first.from} to={first.to} />
      ) : (
        <Text size="xs">
          {counted(pairs.size, 'edge')} between these; expand the schema to see what proves each of them.
        </Text>
      )}
    </Paper>
  )
}

function Evidence({ from, to }: { from: string; to: string }) {
  const evidence = useQuery(edgeEvidence(from, to))
  if (evidence.isError) return <ProblemAlert error={evidence.error} onRetry={() => void evidence.refetch()} />
  if (evidence.data === undefined) return <Loader size="xs" />
  if (evidence.data.length === 0)
    return <Alert color="yellow">It is gone since the graph was read. Load it anew.</Alert>
  return (
    <Stack gap="xs">
      {evidence.data.map((piece) => (
        <PieceOfEvidence key={`${piece.evidence}:${piece.source}:${piece.sql}`} piece={piece} />
      ))}
    </Stack>
  )
}

function PieceOfEvidence({ piece }: { piece: LineageEdge }) {
  const certainty = certaintyText(piece)
  return (
    <div>
      <Group gap={6}>
        <Text size="xs" fw={600}>
          {evidenceLabels[piece.evidence]}
        </Text>
        {piece.source !== null && <Code>{piece.source}</Code>}
        {piece.faded && (
          <Badge size="xs" color="gray" variant="light">
            Faded
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {certainty !== null && `${certainty}; `}seen {counted(piece.seenCount, 'time')}, last{' '}
        <TimeAgo at={piece.lastSeenAt} />, first <TimeAgo at={piece.firstSeenAt} />
      </Text>
      <ColumnPairs edge={piece} />
      {piece.sql !== null && (
        <pre className={code.code} tabIndex={0} aria-label="SQL">
          {piece.sql}
        </pre>
      )}
    </div>
  )
}

import { Button, CloseButton, Code, Group, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { counted } from '../../text/count.ts'
import { pointKey } from './trace-column.ts'
import classes from './lineage.module.css'
import type { GraphState } from './use-graph-state.ts'

/** The column that is followed, with the way to see it alone and over all hops. */
export function FollowedColumn({ state: { followed, trace, graph, clear } }: { state: GraphState }) {
  if (followed === null || trace === null || followed.column === null) return null
  const { assetId, column } = followed
  const node = graph.nodes.find(({ id }) => id === assetId)
  const others = trace.direct.size - (trace.direct.has(pointKey(followed)) ? 1 : 0)
  return (
    <Paper withBorder shadow="sm" p="xs" className={classes.evidence ?? ''} role="status">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm">
          <Code>{column}</Code> of {node?.label ?? 'a collapsed schema'}
        </Text>
        <CloseButton size="sm" aria-label="Stop following the column" onClick={clear} />
      </Group>
      <Text size="xs" c="dimmed">
        Its values are in {counted(others, 'other column')} here
        {trace.indirect.size > 0 && `; dotted: ${counted(trace.indirect.size, 'use')} that only decide rows`}.
      </Text>
      <Button
        mt={6}
        size="compact-xs"
        variant="light"
        renderRoot={(props) => (
          <Link
            {...props}
            to="/assets/$assetId"
            params={{ assetId }}
            search={(before) => ({ ...before, tab: 'lineage', column, detail: 'columns' })}
          />
        )}
      >
        Follow it over all hops
      </Button>
    </Paper>
  )
}

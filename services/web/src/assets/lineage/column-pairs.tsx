import { Button, Code, List, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { LineageEdge } from './drawn-graph.ts'

/** Of an edge that is not unfolded. */
const shownPairs = 8

/** Which columns values flow between, and which only decide rows. */
export function ColumnPairs({ edge }: { edge: Pick<LineageEdge, 'columns' | 'indirect'> }) {
  const [all, { toggle }] = useDisclosure(false)
  const pairs = all ? edge.columns : edge.columns.slice(0, shownPairs)
  return (
    <>
      {pairs.length > 0 && (
        <List size="xs" listStyleType="none">
          {pairs.map((pair) => (
            <List.Item key={`${pair.from}:${pair.to}`}>
              <Code>{pair.from}</Code> → <Code>{pair.to}</Code>
              {pair.certainty !== undefined && pair.certainty !== 'resolved' && ` (${pair.certainty})`}
            </List.Item>
          ))}
        </List>
      )}
      {edge.columns.length > shownPairs && (
        <Button size="compact-xs" variant="subtle" aria-expanded={all} onClick={toggle}>
          {all ? 'Fewer' : `All ${edge.columns.length}`}
        </Button>
      )}
      {edge.indirect.length > 0 && (
        <Text size="xs">
          Decide which rows come:{' '}
          {edge.indirect.map((column, index) => (
            <span key={column}>
              {index > 0 && ', '}
              <Code>{column}</Code>
            </span>
          ))}
        </Text>
      )}
    </>
  )
}

import { Anchor, Code, Group, Stack, Table, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { CopyText } from '../shell/copy-text.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { shortId } from '../text/short-id.ts'
import { actionLabels } from './action-labels.ts'
import { auditChanges, fieldLabel } from './audit-changes.ts'
import { AuditTarget } from './audit-target.tsx'
import type { AuditEntry } from '@plumbline/api'

interface AuditTableProps {
  entries: AuditEntry[]
  /** Narrows the list to one target. */
  onTarget: (targetId: string) => void
}

export function AuditTable({ entries, onTarget }: AuditTableProps) {
  return (
    <HeadedTable label="Audit" minWidth={720} headers={['When', 'Who', 'Did what', 'To what', 'Details', 'Request']}>
      {entries.map((entry) => (
        <Table.Tr key={entry.id} style={{ verticalAlign: 'top' }}>
          <Table.Td>
            <TimeAgo at={entry.at} />
          </Table.Td>
          <Table.Td>{entry.actor}</Table.Td>
          <Table.Td>{actionLabels[entry.action]}</Table.Td>
          <Table.Td>
            <Group gap="xs">
              <AuditTarget target={entry.target} />
              <Anchor component="button" type="button" size="xs" c="dimmed" onClick={() => onTarget(entry.target.id)}>
                filter
              </Anchor>
            </Group>
          </Table.Td>
          <Table.Td>
            <Details entry={entry} />
          </Table.Td>
          <Table.Td>
            <CopyText text={entry.requestId} shown={shortId(entry.requestId)} />
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}

function Details({ entry }: { entry: AuditEntry }) {
  return (
    <Stack gap={2}>
      {entry.reason !== null && <Text size="sm">“{entry.reason}”</Text>}
      {auditChanges(entry).map((change) => (
        <Group key={change.field} gap={4}>
          <Text size="xs" c="dimmed" title={change.field}>
            {fieldLabel(change.field)}
          </Text>
          {change.before !== null && <Code>{change.before}</Code>}
          {change.before !== null && <IconArrowRight size={12} aria-label="became" />}
          {change.after === null ? <Text size="xs">nothing</Text> : <Code>{change.after}</Code>}
        </Group>
      ))}
    </Stack>
  )
}

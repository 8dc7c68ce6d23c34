import { Anchor, Group, Table } from '@mantine/core'
import { CopyText } from '../shell/copy-text.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { shortId } from '../text/short-id.ts'
import { actionLabels } from './action-labels.ts'
import { AuditDetails } from './audit-details.tsx'
import { AuditTarget } from './audit-target.tsx'
import type { AuditEntry } from '@plumbline/api'

export interface AuditTableProps {
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
                only this
              </Anchor>
            </Group>
          </Table.Td>
          <Table.Td>
            <AuditDetails entry={entry} />
          </Table.Td>
          <Table.Td>
            <CopyText text={entry.requestId} shown={shortId(entry.requestId)} />
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}

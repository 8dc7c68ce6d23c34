import { Table } from '@mantine/core'
import { CopyText } from '../shell/copy-text.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { shortId } from '../text/short-id.ts'
import { actionLabels } from './action-labels.ts'
import { AuditDetails } from './audit-details.tsx'
import { AuditTarget, type AuditTargetProps } from './audit-target.tsx'
import type { AuditEntry } from '@plumbline/api'

export interface AuditTableProps extends Pick<AuditTargetProps, 'onTarget'> {
  entries: AuditEntry[]
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
            <AuditTarget target={entry.target} onTarget={onTarget} />
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

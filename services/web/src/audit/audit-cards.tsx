import { Card, Group, Stack, Text } from '@mantine/core'
import { TimeAgo } from '../shell/time-ago.tsx'
import { actionLabels } from './action-labels.ts'
import { AuditDetails } from './audit-details.tsx'
import { AuditTarget } from './audit-target.tsx'
import type { AuditTableProps } from './audit-table.tsx'

/** The same entries on a narrow screen. */
export function AuditCards({ entries, onTarget }: AuditTableProps) {
  return (
    <Stack gap="xs" role="list" aria-label="Audit">
      {entries.map((entry) => (
        <Card key={entry.id} withBorder padding="sm" role="listitem">
          <Group justify="space-between" gap="xs">
            <Text size="sm" fw={500}>
              {actionLabels[entry.action]}
            </Text>
            <Text size="xs" c="dimmed">
              <TimeAgo at={entry.at} />, by {entry.actor}
            </Text>
          </Group>
          <AuditTarget target={entry.target} onTarget={onTarget} />
          <AuditDetails entry={entry} />
        </Card>
      ))}
    </Stack>
  )
}

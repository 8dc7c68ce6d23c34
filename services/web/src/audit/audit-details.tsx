import { Code, Group, Stack, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { auditChanges, fieldLabel } from './audit-changes.ts'
import type { AuditEntry } from '@plumbline/api'

/** Why it was done, and what it changed. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
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

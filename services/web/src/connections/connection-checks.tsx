import { Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ConnectionTest } from '@plumbline/api'

/** What a test found: each check with its outcome and, where it failed, what to do. */
export function ConnectionChecks({ test }: { test: ConnectionTest }) {
  return (
    <Stack gap={6} role="status" aria-label={test.ok ? 'The connection works' : 'The connection does not work'}>
      {test.checks.map((check) => (
        <Group key={check.name} gap="xs" wrap="nowrap" align="flex-start">
          {check.ok ? (
            <IconCircleCheck
              size={18}
              color="light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))"
              aria-label="Works"
              style={{ flexShrink: 0 }}
            />
          ) : (
            <IconCircleX
              size={18}
              color="light-dark(var(--mantine-color-red-8), var(--mantine-color-red-5))"
              aria-label="Failed"
              style={{ flexShrink: 0 }}
            />
          )}
          <div>
            <Text size="sm">
              <b>{check.name}</b>: {check.message}
            </Text>
            {check.hint !== undefined && (
              <Text size="xs" c="dimmed">
                {check.hint}
              </Text>
            )}
          </div>
        </Group>
      ))}
    </Stack>
  )
}

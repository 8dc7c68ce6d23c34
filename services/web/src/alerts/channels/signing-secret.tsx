import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { CopyIcon } from '../../shell/copy-text.tsx'

/** What a receiver checks signatures with. */
export function SigningSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" variant="light" icon={<IconKey aria-hidden />} title="Keep this secret now">
        <Text size="sm">
          The receiver checks with it that a notice is from here (Standard Webhooks). It cannot be shown again.
        </Text>
      </Alert>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <CopyIcon text={secret} what="signing secret" />
      </Group>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  )
}

import { Alert, Button, Code, Collapse, Group, List, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBulb, IconChevronDown, IconChevronRight, IconCircleX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { CopyIcon } from '../../shell/copy-text.tsx'
import { isOfConnection } from '../connection-errors.ts'
import classes from '../../shell/code.module.css'
import type { JobDetail } from '@plumbline/api'

/** What went wrong, and what to do about it, before anything else. */
export function ErrorSection({
  error,
  connectionId,
}: {
  error: NonNullable<JobDetail['error']>
  connectionId: string
}) {
  // A cause whose words are in the message already says nothing new.
  const causes = error.causes.filter((cause) => !error.message.includes(cause))
  return (
    <Alert color="red" variant="light" icon={<IconCircleX aria-hidden />} title={error.message} role="group">
      <Stack gap="xs" align="stretch">
        <Group gap="xs">
          <Code>{error.code}</Code>
          <Text size="xs" c="dimmed">
            {error.retryable ? 'Trying again may help' : 'Trying again without a change will not help'}
          </Text>
        </Group>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconBulb size={18} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm">{error.hint}</Text>
        </Group>
        {isOfConnection(error.code) && (
          <Group>
            <Button
              size="xs"
              variant={error.retryable ? 'default' : 'filled'}
              renderRoot={(props) => <Link {...props} to="/connections" search={{ edit: connectionId }} />}
            >
              Edit the connection
            </Button>
          </Group>
        )}
        {causes.length > 0 && (
          <div>
            <Text size="sm" fw={500}>
              Caused by
            </Text>
            <List size="sm" spacing={2}>
              {causes.map((cause, position) => (
                // Causes have no identity but their place in the chain.
                // oxlint-disable-next-line react/no-array-index-key
                <List.Item key={position}>{cause}</List.Item>
              ))}
            </List>
          </div>
        )}
        {error.stack !== null && <StackTrace stack={error.stack} />}
      </Stack>
    </Alert>
  )
}

function StackTrace({ stack }: { stack: string }) {
  const [open, { toggle }] = useDisclosure(false)
  return (
    <div>
      <Group gap={4}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-expanded={open}
          leftSection={open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          onClick={toggle}
        >
          Stack trace
        </Button>
        <CopyIcon text={stack} what="stack trace" />
      </Group>
      <Collapse expanded={open}>
        <pre className={classes.code} tabIndex={0} aria-label="Stack trace">
          {stack}
        </pre>
      </Collapse>
    </div>
  )
}

import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { asProblem } from '../api/problem.ts'
import { CopyText } from './copy-text.tsx'

interface ProblemAlertProps {
  error: unknown
  /** Offers to try again. */
  onRetry?: (() => void) | undefined
  /** Fields that show their message themselves and need not be listed here. */
  shownFields?: readonly string[]
}

/** Why something did not work, in the words of the server, with the id under which the server logged it. */
export function ProblemAlert({ error, onRetry, shownFields = [] }: ProblemAlertProps) {
  const problem = asProblem(error)
  const others = (problem.errors ?? []).filter(({ path }) => !shownFields.includes(path))
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={problem.title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problem.detail}</Text>
        {others.length > 0 && (
          <List size="sm">
            {others.map(({ path, message }) => (
              <List.Item key={`${path}:${message}`}>
                {path !== '' && <Code>{path}</Code>} {message}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="sm">
          {onRetry !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={onRetry}
            >
              Try again
            </Button>
          )}
          {problem.requestId !== '' && <CopyText label="Request" text={problem.requestId} />}
        </Group>
      </Stack>
    </Alert>
  )
}

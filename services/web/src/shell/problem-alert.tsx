import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { asProblem, erringFields, fieldIssues, issuesElsewhere } from '../api/problem.ts'
import { attentionText } from './attention-alert.tsx'
import { CopyText } from './copy-text.tsx'
import { useFirstErrorFocus } from './use-first-error-focus.ts'

interface ProblemAlertProps {
  error: unknown
  /** Offers to try again. */
  onRetry?: (() => void) | undefined
  /** The fields of the form it lies in that show their errors themselves, by name; each also shows those inside it. */
  shownFields?: readonly string[]
}

/**
 * Why something did not work, in the words of the server, with the id under which the server logged it. What fields of the form
 * say themselves is only counted, and the keyboard goes to the first of them.
 */
export function ProblemAlert({ error, onRetry, shownFields = [] }: ProblemAlertProps) {
  const problem = asProblem(error)
  const issues = fieldIssues(problem)
  const others = issuesElsewhere(issues, shownFields)
  const paths = issues.map(({ path }) => path)
  const erring = erringFields(paths, shownFields)
  const place = useFirstErrorFocus<HTMLDivElement>(erring > 0)
  const onlyFields = erring > 0 && others.length === 0
  return (
    <Alert
      ref={place}
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={onlyFields ? attentionText(erring) : problem.title}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        {issues.length === 0 && <Text size="sm">{problem.detail}</Text>}
        {others.length > 0 && (
          <List size="sm">
            {others.map(({ path, message }) => (
              <List.Item key={`${path}:${message}`}>
                {path !== '' && <Code>{path}</Code>} {message}
              </List.Item>
            ))}
          </List>
        )}
        {erring > 0 && !onlyFields && <Text size="sm">{attentionText(erring)} above.</Text>}
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

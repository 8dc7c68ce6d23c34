import { Container } from '@mantine/core'
import { ProblemAlert } from './problem-alert.tsx'

/** What is shown in place of a page that threw; the sidebar around it goes on working. */
export function CrashPage({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Container size="sm" py="xl" w="100%">
      <ProblemAlert error={error} onRetry={reset} />
    </Container>
  )
}

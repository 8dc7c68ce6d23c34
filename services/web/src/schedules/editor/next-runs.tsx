import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { schedulePreview, type PreviewQuery } from '../../api/schedule-calls.ts'
import { asProblem } from '../../api/problem.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { RunTimes } from '../run-times.tsx'

/** What the schedule as it is typed would do: in words, and its next runs. */
export function NextRuns({ query }: { query: PreviewQuery }) {
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(schedulePreview(query))
  if (error !== null && asProblem(error).status !== 422) {
    return <ProblemAlert error={error} onRetry={() => void refetch()} />
  }
  return (
    <Stack gap={6} role="status" aria-label="Next runs" aria-busy={isPending || isPlaceholderData}>
      <Text size="sm" fw={500}>
        {error === null
          ? (data?.description ?? 'Next runs')
          : 'No next runs: what is typed above is not understood yet'}
      </Text>
      {error === null && data === undefined && <Skeleton height={100} />}
      {data?.nextRuns.length === 0 && (
        <Text size="sm" c="dimmed">
          It never runs: no date is like that.
        </Text>
      )}
      {data !== undefined && (
        <div style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
          <RunTimes times={data.nextRuns} timezone={query.timezone} />
        </div>
      )}
    </Stack>
  )
}

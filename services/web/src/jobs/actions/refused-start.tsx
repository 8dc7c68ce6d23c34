import { Button, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from '@tanstack/react-router'
import { asProblem } from '../../api/problem.ts'

/** Says why nothing was started; when a job of that type is active already, offers to go to that one. */
export function useShowRefusedStart(): (error: unknown) => void {
  const router = useRouter()
  return (error) => {
    const problem = asProblem(error)
    const { existingJobId } = problem
    const id = notifications.show({
      color: existingJobId === undefined ? 'red' : 'yellow',
      title: problem.title,
      autoClose: existingJobId === undefined ? 10_000 : 20_000,
      message: (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{existingJobId === undefined ? problem.detail : 'It has to end first.'}</Text>
          {existingJobId !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                void router.navigate({ to: '/jobs/$jobId', params: { jobId: existingJobId }, search: {} })
              }}
            >
              Open the active job
            </Button>
          )}
        </Stack>
      ),
    })
  }
}

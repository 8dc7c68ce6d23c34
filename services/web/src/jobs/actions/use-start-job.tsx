import { Button, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { startJob } from '../../api/job-calls.ts'
import { asProblem } from '../../api/problem.ts'
import { useShowStartedJob } from './started-job.tsx'

/** Starts a job and goes to it. When one of that type is active already, offers to go to that one. */
export function useStartJob() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const showStarted = useShowStartedJob()
  return useMutation({
    mutationFn: startJob,
    onSuccess: (job) => {
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      showStarted(job)
    },
    onError: (error) => {
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
    },
  })
}

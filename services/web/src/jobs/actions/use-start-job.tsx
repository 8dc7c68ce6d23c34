import { useMutation, useQueryClient } from '@tanstack/react-query'
import { startJob } from '../../api/job-calls.ts'
import { useShowStartedJob } from './started-job.tsx'
import { useShowRefusedStart } from './refused-start.tsx'

/** Starts a job and goes to it. When one of that type is active already, offers to go to that one. */
export function useStartJob() {
  const queryClient = useQueryClient()
  const showStarted = useShowStartedJob()
  return useMutation({
    mutationFn: startJob,
    onSuccess: (job) => {
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      showStarted(job)
    },
    onError: useShowRefusedStart(),
  })
}

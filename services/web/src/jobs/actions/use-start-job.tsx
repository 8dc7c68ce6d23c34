import { useMutation, useQueryClient } from '@tanstack/react-query'
import { startJob } from '../../api/job-calls.ts'
import { useShowStartedJob } from './started-job.tsx'

/** Starts a job and goes to it. */
export function useStartJob() {
  const queryClient = useQueryClient()
  const showStarted = useShowStartedJob()
  return useMutation({
    mutationFn: startJob,
    onSuccess: (job) => {
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      showStarted(job)
    },
  })
}

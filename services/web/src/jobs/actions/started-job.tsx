import { notifications } from '@mantine/notifications'
import { jobDefinition } from '@plumbline/workflows'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { parseJobSearch } from '../job-search.ts'
import type { Job } from '@plumbline/api'

/** Takes the person who started a job to it: over the list when the list is what they look at. */
export function useShowStartedJob(): (job: Job) => void {
  const navigate = useNavigate()
  const { pathname, search, state } = useRouterState({ select: ({ location }) => location })
  const onList = pathname === '/jobs' || state.overList === true
  return (job) => {
    notifications.show({
      color: 'teal',
      message: `${jobDefinition(job.type).label} of ${job.asset.name} started`,
    })
    void navigate({
      to: '/jobs/$jobId',
      params: { jobId: job.id },
      search: onList ? parseJobSearch(search) : {},
      state: { overList: onList },
    })
  }
}

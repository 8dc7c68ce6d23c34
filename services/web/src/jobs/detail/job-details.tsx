import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { jobDetail } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { CancellationNote } from './cancellation-note.tsx'
import { DetailTabs } from './detail-tabs.tsx'
import { ErrorSection } from './error-section.tsx'
import { IncidentNote } from './incident-note.tsx'
import { JobSummary } from './job-summary.tsx'

interface JobDetailsProps {
  jobId: string
  /** Whether links to other jobs stay over the list, too. */
  overList: boolean
}

/** All that is known of a job, the most urgent first: what state it is in, what went wrong, where its time went. */
export function JobDetails({ jobId, overList }: JobDetailsProps) {
  const { data: job, error, refetch } = useQuery(jobDetail(jobId))
  if (job === undefined) {
    return error === null ? <DetailSkeleton /> : <ProblemAlert error={error} onRetry={() => void refetch()} />
  }
  return (
    <Stack gap="lg">
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <JobSummary job={job} overList={overList} />
      {job.error !== null && <ErrorSection error={job.error} connectionId={job.asset.connectionId} />}
      <IncidentNote jobId={job.id} />
      {job.cancellation !== null && <CancellationNote job={job} cancellation={job.cancellation} />}
      <DetailTabs job={job} overList={overList} />
    </Stack>
  )
}

function DetailSkeleton() {
  return (
    <Stack role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={28} width="60%" />
      <Skeleton height={14} />
      <Skeleton height={120} />
      <Skeleton height={80} />
    </Stack>
  )
}

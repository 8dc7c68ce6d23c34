import { Group } from '@mantine/core'
import { hasEnded } from '@plumbline/workflows'
import { useState } from 'react'
import { DownloadLog } from './download-log.tsx'
import { LogFilters } from './log-filters.tsx'
import { LogView } from './log-view.tsx'
import { useFollowedLog, usePagedLog } from './use-job-log.ts'
import type { LogFilter } from '../../api/log-calls.ts'
import type { JobDetail } from '@plumbline/api'

/** What the job logged: followed while it is active, with what one looks for in it. */
export function LogPanel({ job }: { job: JobDetail }) {
  const [filter, setFilter] = useState<LogFilter>({})
  // A job that ends while its log is followed goes on being followed: the last lines come with the end.
  const [follows] = useState(!hasEnded(job.status))
  const Log = follows ? FollowedLog : PagedLog
  return (
    <>
      <Group justify="space-between" gap="xs">
        <LogFilters steps={job.steps} filter={filter} onChange={(change) => setFilter({ ...filter, ...change })} />
        <DownloadLog jobId={job.id} />
      </Group>
      <Log key={JSON.stringify(filter)} job={job} filter={filter} />
    </>
  )
}

interface LogProps {
  job: JobDetail
  filter: LogFilter
}

function FollowedLog({ job, filter }: LogProps) {
  return <LogView log={useFollowedLog(job.id, filter)} steps={job.steps} filtered={isFiltered(filter)} />
}

function PagedLog({ job, filter }: LogProps) {
  return <LogView log={usePagedLog(job.id, filter)} steps={job.steps} filtered={isFiltered(filter)} />
}

const isFiltered = (filter: LogFilter): boolean => Object.values(filter).some((value) => value !== undefined)

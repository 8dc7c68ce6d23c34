import { Group, Text } from '@mantine/core'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { JobDuration } from '../job-duration.tsx'
import { JobLink } from '../job-link.tsx'
import { JobStatusMark } from '../job-status.tsx'
import type { Job } from '@plumbline/api'

interface JobLineProps {
  job: Job
  name: string
  overList: boolean
  /** It is the job whose details these are. */
  current?: boolean
}

/** Another job on one line: a link to it, how it stands, how long it took and when. */
export function JobLine({ job, name, overList, current = false }: JobLineProps) {
  return (
    <Group gap="sm">
      {current ? (
        <Text size="sm" fw={600} w={160} aria-current="true">
          {name} (this)
        </Text>
      ) : (
        <JobLink jobId={job.id} overList={overList} size="sm" w={160}>
          {name}
        </JobLink>
      )}
      <JobStatusMark job={job} />
      <Group gap="sm" c="dimmed" fz="xs">
        <JobDuration job={job} />
        <TimeAgo at={job.createdAt} />
      </Group>
    </Group>
  )
}

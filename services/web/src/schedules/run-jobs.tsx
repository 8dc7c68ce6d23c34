import { Group, Text } from '@mantine/core'
import { JobLink } from '../jobs/job-link.tsx'
import { StatusMark } from '../jobs/job-status.tsx'
import { statusLabels } from '../jobs/labels.ts'
import { counted } from '../text/count.ts'
import { statusCounts } from './last-tick.ts'
import { ScheduleLink } from './schedule-link.tsx'
import type { Schedule } from '@plumbline/api'

interface RunJobsProps {
  run: Schedule['lastRuns'][number]
  schedule: Pick<Schedule, 'id'>
}

/** The jobs of a run in short: the one with its status, or how many are in which, with the way to all of them. */
export function RunJobs({ run, schedule }: RunJobsProps) {
  const [job] = run.jobs
  if (job === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {run.jobCount === 0 ? 'No job yet' : counted(run.jobCount, 'job')}
      </Text>
    )
  }
  if (run.jobCount === 1) {
    return (
      <JobLink jobId={job.id} c="inherit">
        <StatusMark status={job.status} />
      </JobLink>
    )
  }
  const unlisted = run.jobCount - run.jobs.length
  return (
    <ScheduleLink scheduleId={schedule.id} c="inherit">
      <Group gap="sm" style={{ rowGap: 0 }}>
        {statusCounts(run.jobs).map(([status, count]) => (
          <StatusMark key={status} status={status} word={`${count} ${statusLabels[status].toLowerCase()}`} />
        ))}
        {unlisted > 0 && (
          <Text span size="xs" c="dimmed">
            and {unlisted} more
          </Text>
        )}
      </Group>
    </ScheduleLink>
  )
}

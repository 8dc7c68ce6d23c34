import { Group, Table, Text } from '@mantine/core'
import { JobLink } from '../../jobs/job-link.tsx'
import { StatusMark } from '../../jobs/job-status.tsx'
import { ListLink } from '../../jobs/detail/list-link.tsx'
import { Section } from '../../jobs/detail/section.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { counted } from '../../text/count.ts'
import { shortId } from '../../text/short-id.ts'
import { zonedTime } from '../../text/time.ts'
import type { Schedule } from '@plumbline/api'

/** What its ticks started, and what it was triggered for. */
export function RunsSection({ schedule }: { schedule: Schedule }) {
  return (
    <Section title="Last runs" beside={<ListLink search={{ scheduleId: schedule.id }} />}>
      {schedule.lastRuns.length === 0 ? (
        <Text size="sm" c="dimmed">
          It has not run yet.
        </Text>
      ) : (
        <HeadedTable label="Last runs" minWidth={560} headers={['When', 'Why', 'Jobs']}>
          {schedule.lastRuns.map((run) => (
            <Table.Tr key={`${run.at}-${run.trigger}`} style={{ verticalAlign: 'top' }}>
              <Table.Td>
                {zonedTime(run.at, schedule.timezone)}
                <Text size="xs" c="dimmed">
                  <TimeAgo at={run.at} />
                </Text>
              </Table.Td>
              <Table.Td>{run.trigger === 'tick' ? 'Its time had come' : 'Triggered by hand'}</Table.Td>
              <Table.Td>
                <Group gap="md" style={{ rowGap: 4 }}>
                  {run.jobs.map((job) => (
                    <Group key={job.id} gap={6} wrap="nowrap">
                      <StatusMark status={job.status} />
                      <JobLink jobId={job.id} size="xs" ff="monospace">
                        {shortId(job.id)}
                      </JobLink>
                    </Group>
                  ))}
                  {run.jobCount > run.jobs.length && (
                    <Text size="xs" c="dimmed">
                      {counted(run.jobCount, 'job')} in all
                    </Text>
                  )}
                </Group>
                {run.message !== null && (
                  <Text size="xs" c="dimmed">
                    {run.message}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </HeadedTable>
      )}
    </Section>
  )
}

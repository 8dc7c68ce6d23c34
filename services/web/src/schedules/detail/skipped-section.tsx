import { Table, Text } from '@mantine/core'
import { JobLink } from '../../jobs/job-link.tsx'
import { Section } from '../../jobs/detail/section.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { zonedTime } from '../../text/time.ts'
import type { Schedule } from '@plumbline/api'

/** Ticks that started nothing, and what was in their way. */
export function SkippedSection({ schedule }: { schedule: Schedule }) {
  if (schedule.skipped.length === 0) return null
  return (
    <Section title="Skipped">
      <HeadedTable label="Skipped ticks" minWidth={560} headers={['When', 'Reason', 'In its way']}>
        {schedule.skipped.map(({ at, reason, message, jobId }) => (
          <Table.Tr key={`${at}-${reason}-${jobId}`} style={{ verticalAlign: 'top' }}>
            <Table.Td>
              {zonedTime(at, schedule.timezone)}
              <Text size="xs" c="dimmed">
                <TimeAgo at={at} />
              </Text>
            </Table.Td>
            <Table.Td>{message}</Table.Td>
            <Table.Td>
              {jobId !== null && (
                <JobLink jobId={jobId} size="sm">
                  Open the job
                </JobLink>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </HeadedTable>
    </Section>
  )
}

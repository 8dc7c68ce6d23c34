import { Group, Progress, Text } from '@mantine/core'
import { amountText, percentText, stepLabel } from './progress-text.ts'
import type { Job } from '@plumbline/api'
import type { JobStatus } from '@plumbline/workflows'

const colors: Record<JobStatus, string> = {
  pending: 'gray',
  running: 'blue',
  completed: 'teal',
  failed: 'red',
  cancelled: 'orange',
}

/** The bar with its percentage; with `full` also the step and how much of it is done. */
export function JobProgress({ job, full = false }: { job: Job; full?: boolean }) {
  const percent = Math.floor(job.progress.percent)
  const said = [
    percentText(percent),
    job.status === 'running' ? stepLabel(job) : null,
    full ? amountText(job.progress) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
  return (
    <Group gap={8} wrap="nowrap">
      <Progress.Root size={full ? 'md' : 'sm'} flex={1} miw={32}>
        <Progress.Section
          value={percent}
          color={colors[job.status]}
          aria-label="Progress"
          aria-valuetext={said}
          style={{ transition: 'width 300ms ease' }}
        />
      </Progress.Root>
      <Text span size="xs" w={full ? undefined : 36} ta="right" style={{ whiteSpace: 'nowrap' }} title={said}>
        {full ? said : percentText(percent)}
      </Text>
    </Group>
  )
}

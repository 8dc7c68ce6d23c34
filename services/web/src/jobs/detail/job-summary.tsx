import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconReportSearch } from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { AssetName } from '../../assets/asset-name.tsx'
import { useFollowPath } from '../../shell/use-follow-path.ts'
import { JobDuration } from '../job-duration.tsx'
import { JobLink } from '../job-link.tsx'
import { JobProgress } from '../job-progress.tsx'
import { JobStatusMark } from '../job-status.tsx'
import { resultLabels } from '../labels.ts'
import { jobMessage } from '../pending-text.ts'
import { ActionButtons } from './action-buttons.tsx'
import { WaitingNote } from './waiting-note.tsx'
import { waitingReason } from './waiting-reason.ts'
import type { JobDetail } from '@plumbline/api'

/** What the job is, how it stands, and what can be done now. */
export function JobSummary({ job, overList }: { job: JobDetail; overList: boolean }) {
  const definition = jobDefinition(job.type)
  const follow = useFollowPath()
  const waiting = waitingReason(job)
  const explainedBelow = job.error !== null || job.cancellation !== null || waiting !== null
  return (
    <Stack gap="sm">
      <div>
        <Title order={2} fz="lg">
          {definition.label}
          {job.attempt > 1 && (
            <Text span size="sm" c="dimmed" fw={400}>
              {' '}
              attempt {job.attempt}
            </Text>
          )}
        </Title>
        <AssetName asset={job.asset} linked />
      </div>
      <Group gap="md">
        <JobStatusMark job={job} warned />
        <Text size="sm" c="dimmed" component="div">
          <JobDuration job={job} />
        </Text>
        {job.resolvedByJobId !== null && (
          <JobLink jobId={job.resolvedByJobId} overList={overList} size="sm">
            Fixed by a later attempt
          </JobLink>
        )}
      </Group>
      {job.status !== 'pending' && <JobProgress job={job} full />}
      {waiting !== null && <WaitingNote job={job} reason={waiting} />}
      {!explainedBelow && jobMessage(job) !== '' && <Text size="sm">{jobMessage(job)}</Text>}
      <Group gap="xs">
        <ActionButtons job={job} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconReportSearch size={15} aria-hidden />}
          component="a"
          href={job.links.result}
          onClick={(event) => follow(event, job.links.result)}
        >
          {resultLabels[definition.result].replace('Its ', 'See its ')}
        </Button>
      </Group>
    </Stack>
  )
}

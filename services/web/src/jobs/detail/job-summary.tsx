import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconBan, IconReportSearch, IconRotate } from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { whoAmI } from '../../api/me.ts'
import { AssetName } from '../../assets/asset-name.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { useFollowPath } from '../../shell/use-follow-path.ts'
import { useJobActions } from '../actions/job-actions.tsx'
import { jobDecisions } from '../actions/job-decisions.ts'
import { JobDuration } from '../job-duration.tsx'
import { JobLink } from '../job-link.tsx'
import { JobProgress } from '../job-progress.tsx'
import { JobStatusMark } from '../job-status.tsx'
import { resultLabels } from '../labels.ts'
import { jobMessage } from '../pending-text.ts'
import type { JobDetail } from '@plumbline/api'
import type { JobAction } from '@plumbline/workflows'

/** What the job is, how it stands, and what can be done now. */
export function JobSummary({ job, overList }: { job: JobDetail; overList: boolean }) {
  const definition = jobDefinition(job.type)
  const follow = useFollowPath()
  const explainedBelow = job.error !== null || job.cancellation !== null
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
        <JobStatusMark job={job} />
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
      {!explainedBelow && jobMessage(job) !== '' && <Text size="sm">{jobMessage(job)}</Text>}
      <Group gap="xs">
        <ActionButton action="retry" job={job} />
        <ActionButton action="cancel" job={job} />
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

const actionLooks = {
  retry: { label: 'Retry', icon: IconRotate, color: undefined },
  cancel: { label: 'Cancel', icon: IconBan, color: 'red' },
} as const satisfies Partial<Record<JobAction, object>>

function ActionButton({ action, job }: { action: keyof typeof actionLooks; job: JobDetail }) {
  const { data: me } = useQuery(whoAmI())
  const ask = useJobActions()
  const decision = jobDecisions(job, me?.role)[action]
  const { label, icon: Icon, color } = actionLooks[action]
  return (
    <GatedButton
      size="xs"
      variant={action === 'retry' && decision.allowed && job.error?.retryable !== false ? 'filled' : 'default'}
      c={decision.allowed ? color : undefined}
      leftSection={<Icon size={15} aria-hidden />}
      decision={decision}
      onClick={() => ask(action, job)}
    >
      {label}
    </GatedButton>
  )
}

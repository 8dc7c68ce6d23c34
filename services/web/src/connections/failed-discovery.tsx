import { Alert, Anchor, Group, Stack, Text } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { JobLink } from '../jobs/job-link.tsx'
import { isOfConnection } from '../jobs/connection-errors.ts'
import type { AssetDetail, Job } from '@plumbline/api'

/** The newest discovery of a database. */
export const lastDiscovery = (asset: Pick<AssetDetail, 'lastJobs'> | undefined): Job | undefined =>
  asset?.lastJobs.find(({ type }) => type === 'schema_discovery')

/** Why the last discovery failed, what to do about it and where to read more; nothing where it did not fail. */
export function FailedDiscovery({ job, connectionId }: { job: Job; connectionId: string }) {
  if (job.status !== 'failed' || job.error === null || job.resolvedByJobId !== null) return null
  const { code, message, hint } = job.error
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconPlugConnectedX aria-hidden />}
      title={message}
      role="group"
      aria-label="Why the last discovery failed"
    >
      <Stack gap={4}>
        <Text size="sm">{hint}</Text>
        <Group gap="md">
          <JobLink jobId={job.id} size="sm">
            Open the job
          </JobLink>
          {isOfConnection(code) && (
            <Anchor
              size="sm"
              renderRoot={(props) => <Link {...props} to="/connections" search={{ edit: connectionId }} />}
            >
              Edit the connection
            </Anchor>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}

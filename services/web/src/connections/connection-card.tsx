import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { connectionKind } from '@plumbline/connectors/kinds'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { assetDetail } from '../api/asset-calls.ts'
import { testConnection } from '../api/connection-calls.ts'
import { StartJobButtons } from '../assets/detail/start-job-buttons.tsx'
import { JobLink } from '../jobs/job-link.tsx'
import { JobStatusMark } from '../jobs/job-status.tsx'
import { GivenName } from '../shell/given-name.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { ConnectionChecks } from './connection-checks.tsx'
import { ConnectionMenu } from './connection-menu.tsx'
import { FailedDiscovery, lastDiscovery } from './failed-discovery.tsx'
import { PausedNote } from './paused-note.tsx'
import { usePauseConnection } from './use-pause-connection.ts'
import classes from './connections.module.css'
import type { Connection, Job } from '@plumbline/api'

interface ConnectionCardProps {
  connection: Connection
  /** Tests it as soon as it is shown: it has just been saved. */
  testNow: boolean
  onEdit: () => void
  onDelete: () => void
}

const discoveryOnly = ['schema_discovery']

/** A connection: where it leads, whether it works, and the discovery of what is behind it. */
export function ConnectionCard({ connection, testNow, onEdit, onDelete }: ConnectionCardProps) {
  const test = useMutation({ mutationFn: () => testConnection(connection.id) })
  const pause = usePauseConnection(connection)
  const { mutate } = test
  useEffect(() => {
    if (testNow) mutate()
  }, [testNow, mutate])
  const { label, summary } = connectionKind(connection.kind)
  const { data: root } = useQuery(assetDetail(connection.rootAssetId))
  const discovery = lastDiscovery(root)
  return (
    <Card withBorder padding="md" component="section" aria-label={connection.name}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <div className={classes.facts}>
            <Anchor
              fw={600}
              renderRoot={(props) => (
                <Link {...props} to="/assets/$assetId" params={{ assetId: connection.rootAssetId }} />
              )}
            >
              <GivenName>{connection.name}</GivenName>
            </Anchor>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {label} · {summary(connection.settings)} · at most {connection.maxConcurrentJobs} jobs at once
            </Text>
          </div>
          <LastDiscovery job={discovery} />
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlugConnected size={15} aria-hidden />}
              loading={test.isPending}
              onClick={() => test.mutate()}
            >
              Test
            </Button>
            <StartJobButtons asset={{ id: connection.rootAssetId, jobTypes: discoveryOnly }} />
            <ConnectionMenu
              connection={connection}
              onEdit={onEdit}
              onPause={() => pause.mutate()}
              onDelete={onDelete}
            />
          </Group>
        </Group>
        {connection.paused && (
          <PausedNote connection={connection} resuming={pause.isPending} onResume={() => pause.mutate()} />
        )}
        {discovery !== undefined && <FailedDiscovery job={discovery} connectionId={connection.id} />}
        {pause.isError && <ProblemAlert error={pause.error} />}
        {test.isError && <ProblemAlert error={test.error} onRetry={() => test.mutate()} />}
        {test.isSuccess && <ConnectionChecks test={test.data} />}
      </Stack>
    </Card>
  )
}

/** How it went the last time, as a link to the job. */
function LastDiscovery({ job }: { job: Job | undefined }) {
  if (job === undefined) return null
  return (
    <Group gap="xs" ml="auto">
      <JobStatusMark job={job} warned />
      <JobLink jobId={job.id} size="xs">
        discovery <TimeAgo at={job.createdAt} />
      </JobLink>
    </Group>
  )
}

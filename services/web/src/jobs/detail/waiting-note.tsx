import { Alert, Anchor, Code, Text } from '@mantine/core'
import { IconPlayerPause, IconPlugConnectedX, IconUserOff } from '@tabler/icons-react'
import { pendingReasons, type TaskQueue } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { connectionList } from '../../api/connection-calls.ts'
import { stepLabel } from '../progress-text.ts'
import type { WaitingReason } from './waiting-reason.ts'
import type { Job } from '@plumbline/api'

/** Why the job does not go on, and where to mend it. */
export function WaitingNote({ job, reason }: { job: Job; reason: WaitingReason }) {
  switch (reason.kind) {
    case 'connection-paused':
      return <PausedConnection connectionId={job.asset.connectionId} />
    case 'engine-unreachable':
      return (
        <Alert color="yellow" variant="light" icon={<IconPlugConnectedX aria-hidden />} role="group">
          <Text size="sm">{pendingReasons['engine-unreachable']}.</Text>
        </Alert>
      )
    case 'no-worker':
      return <NoWorker step={stepLabel(job)} queue={reason.queue} />
  }
}

function PausedConnection({ connectionId }: { connectionId: string }) {
  const { data: connections } = useQuery(connectionList())
  const name = connections?.find(({ id }) => id === connectionId)?.name ?? 'its connection'
  return (
    <Alert color="yellow" variant="light" icon={<IconPlayerPause aria-hidden />} role="group">
      <Text size="sm">
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/connections" />}>
          {name}
        </Anchor>{' '}
        is paused: the job starts when the connection is resumed.
      </Text>
    </Alert>
  )
}

function NoWorker({ step, queue }: { step: string | null; queue: TaskQueue }) {
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconUserOff aria-hidden />}
      title="No worker does this work"
      role="group"
    >
      <Text size="sm">
        {step === null ? 'It' : <>Its step “{step}”</>} waits for a worker that polls the queue <Code>{queue}</Code>,
        and none does. Start one with <Code>PLUMBLINE_WORKER_ROLE={queue}</Code> or <Code>all</Code>; if one should run,
        look at its log. The job goes on by itself.
      </Text>
    </Alert>
  )
}

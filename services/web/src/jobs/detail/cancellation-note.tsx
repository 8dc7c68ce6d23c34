import { Alert, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { TimeAgo } from '../../shell/time-ago.tsx'
import type { JobDetail } from '@plumbline/api'

interface CancellationNoteProps {
  job: JobDetail
  cancellation: NonNullable<JobDetail['cancellation']>
}

/** Who stopped it and why; also when it ended in another way before the cancellation reached it. */
export function CancellationNote({ job, cancellation }: CancellationNoteProps) {
  const { by, reason } = cancellation
  // Forced, it ended otherwise than the cancel asked for, and says by whom and why.
  const ordinary = `Cancelled by ${by}${reason === null ? '' : `: ${reason}`}`
  const more = job.status === 'cancelled' && job.message !== ordinary ? job.message : ''
  return (
    <Alert color="orange" variant="light" icon={<IconBan aria-hidden />} role="group">
      <Text size="sm">
        {job.status === 'cancelled' ? 'Cancelled' : 'Cancellation asked for'} by <b>{by}</b>{' '}
        <TimeAgo at={cancellation.requestedAt} />
        {reason !== null && <>: {reason}</>}
      </Text>
      {more !== '' && <Text size="sm">{more}</Text>}
    </Alert>
  )
}

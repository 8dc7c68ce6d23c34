import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { counted } from '../../text/count.ts'
import { durationText } from '../../text/duration.ts'
import type { JobDetail } from '@plumbline/api'

/** How long the good runs before a job took, whether it took far longer, and the way to all of them. */
export function UsualDuration({ job }: { job: Pick<JobDetail, 'usual' | 'durationMs' | 'type' | 'asset'> }) {
  const { usual, durationMs, type, asset } = job
  const slow = usual !== null && durationMs !== null && durationMs > usual.limit
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link {...props} to="/trends" search={{ type, assetId: asset.id }} />}
      title={usual === null ? 'There were fewer than ten good runs before it' : `Of ${counted(usual.runs, 'good run')}`}
    >
      {usual === null ? 'Not known yet' : `${durationText(usual.p50)} to ${durationText(usual.p95)}`}
      {slow && (
        <Text span size="sm" c="red">
          {' '}
          · far longer than usual
        </Text>
      )}
    </Anchor>
  )
}

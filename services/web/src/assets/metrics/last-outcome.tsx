import { Text } from '@mantine/core'
import { JobLink } from '../../jobs/job-link.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { isBroken, outcomeText } from './outcome-text.ts'
import type { Metric } from '@plumbline/api'

/** What the last capture came to, and when. */
export function LastOutcome({ metric }: { metric: Metric }) {
  const { lastOutcome } = metric
  return (
    <Text span size="sm" {...(isBroken(metric) && { c: 'red' })}>
      {outcomeText(metric)}{' '}
      {lastOutcome !== null && (
        <JobLink jobId={lastOutcome.jobId} size="xs">
          <TimeAgo at={lastOutcome.at} />
        </JobLink>
      )}
    </Text>
  )
}

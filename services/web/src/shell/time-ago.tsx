import { fullTime, timeAgo } from '../text/time.ts'
import { useNow } from '../live/use-now.ts'

/** How long ago; the exact time is in the tooltip and for machines. */
export function TimeAgo({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {timeAgo(at, useNow())}
    </time>
  )
}

import { fullTime, timeUntil } from '../text/time.ts'
import { useNow } from '../live/use-now.ts'

/** How long until a time to come; the exact time is in the tooltip and for machines. */
export function TimeUntil({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {timeUntil(at, useNow())}
    </time>
  )
}

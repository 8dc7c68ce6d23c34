import { useNow } from '../../live/use-now.ts'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { TimeUntil } from '../../shell/time-until.tsx'

/** When an update is due, or was. */
export function DueTime({ at }: { at: string }) {
  return Date.parse(at) > useNow() ? <TimeUntil at={at} /> : <TimeAgo at={at} />
}

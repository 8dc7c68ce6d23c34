import { counted } from '../../text/count.ts'
import { durationText } from '../../text/duration.ts'
import type { Freshness } from '@plumbline/api'

const dayMs = 86_400_000

/** How far learning is, what it waits for, and what can be done instead of waiting. */
export function learningText({
  intervals,
  intervalsNeeded,
  spanMs,
  spanMsNeeded,
}: NonNullable<Freshness['learning']>): string {
  const seen =
    intervals === 0
      ? 'No two updates have been seen yet.'
      : `${counted(intervals, 'interval')} between updates seen so far, over ${durationText(spanMs)}.`
  const needed = `${counted(intervalsNeeded, 'interval')} over at least ${counted(Math.ceil(spanMsNeeded / dayMs), 'day')}`
  return `${seen} It is judged after ${needed}, or at once when you say how often updates are expected.`
}

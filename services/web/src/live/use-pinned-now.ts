import { useMemo } from 'react'
import { serverNow } from './server-clock.ts'

/**
 * The time at which a choice was made, in ms: "last hour" means the hour before it was chosen. Pinned, because the cursor of a
 * page belongs to one exact filter, and a filter that moves with the clock would ask anew at every redraw.
 */
export function usePinnedNow(choice: string | undefined): number {
  // Reading the clock while drawing is the point here: once a choice, and kept.
  // oxlint-disable-next-line react/purity
  return useMemo(() => ({ choice, nowMs: serverNow() }), [choice]).nowMs
}

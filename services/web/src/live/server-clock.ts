/** Below this a difference may be the way of the answer, or the whole seconds of the Date header. */
const worthCorrectingMs = 2_000

let offsetMs = 0

/**
 * Learns from the Date header of an answer how far this computer's clock is from the server's: all times shown come from the
 * server, so a laptop that is five minutes late would show a running job as not begun.
 */
export function observeServerTime(dateHeader: string | null, nowMs: number): void {
  const serverMs = Date.parse(dateHeader ?? '')
  if (Number.isNaN(serverMs)) return
  const difference = serverMs - nowMs
  offsetMs = Math.abs(difference) < worthCorrectingMs ? 0 : difference
}

/** The server's time now, in ms. */
export const serverNow = (): number => Date.now() + offsetMs

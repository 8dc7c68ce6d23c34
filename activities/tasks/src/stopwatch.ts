import type { LogLevel } from '@plumbline/workflows'

/** Longer than this is worth a line for whoever looks for what is slow. */
const slowMs = 5_000

/** Times one piece of work after the other. */
export function stopwatch() {
  let since = performance.now()
  return {
    /** Milliseconds since the last lap, or the start. */
    lap(): number {
      const now = performance.now()
      const ms = Math.round(now - since)
      since = now
      return ms
    },
  }
}

/** What took long is told to everybody, the rest to who asks for every detail. */
export const levelOf = (ms: number): LogLevel => (ms >= slowMs ? 'warn' : 'debug')

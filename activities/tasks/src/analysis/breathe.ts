import { setImmediate } from 'node:timers/promises'

/** Between two stretches of computing: lets heartbeats and other work through, and stops when the job was cancelled. */
export async function breathe(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await setImmediate()
}

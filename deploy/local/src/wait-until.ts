import { setTimeout as sleep } from 'node:timers/promises'

export interface WaitOptions {
  timeoutMs: number
  everyMs?: number
  signal?: AbortSignal
}

/**
 * Asks until the answer is true.
 * @returns false when the time is up first
 * @throws whatever `ask` throws, and the reason of an abort
 */
export async function waitUntil(ask: () => boolean | Promise<boolean>, options: WaitOptions): Promise<boolean> {
  const end = performance.now() + options.timeoutMs
  for (;;) {
    options.signal?.throwIfAborted()
    if (await ask()) return true
    if (performance.now() >= end) return false
    await sleep(options.everyMs ?? 50, undefined, options.signal && { signal: options.signal })
  }
}

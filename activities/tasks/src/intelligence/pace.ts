import { setTimeout as sleep } from 'node:timers/promises'

export interface Pace {
  /**
   * Runs a call when there is room for it: not more at once, and not more in a minute, than allowed, and not before a pause is over.
   * @throws what the signal is aborted with, also while it waits
   */
  run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>
  /** Lets nothing begin for a while: the server said so to one, and means all. */
  pause(ms: number): void
}

/** The limits of one worker towards one model, over all of its jobs. */
export function paceOf({ concurrency, requestsPerMinute }: { concurrency: number; requestsPerMinute: number }): Pace {
  const spacingMs = requestsPerMinute === 0 ? 0 : 60_000 / requestsPerMinute
  const waiting: (() => void)[] = []
  let free = concurrency
  let nextAt = 0

  const enter = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    if (free > 0) {
      free--
      return
    }
    const turn = Promise.withResolvers<void>()
    const leave = (): void => {
      const place = waiting.indexOf(turn.resolve)
      if (place >= 0) waiting.splice(place, 1)
      turn.reject(signal.reason)
    }
    waiting.push(turn.resolve)
    signal.addEventListener('abort', leave, { once: true })
    await turn.promise.finally(() => signal.removeEventListener('abort', leave))
  }

  const exit = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return {
    async run(signal, call) {
      await enter(signal)
      try {
        for (let now = Date.now(); now < nextAt; now = Date.now()) await sleep(nextAt - now, undefined, { signal })
        nextAt = Math.max(nextAt, Date.now() + spacingMs)
        return await call()
      } finally {
        exit()
      }
    },
    pause(ms) {
      nextAt = Math.max(nextAt, Date.now() + ms)
    },
  }
}

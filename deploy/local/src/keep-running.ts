import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerProcess } from './server-process.ts'

/** A part of the system: something that runs in a process and can be ended. */
export interface Part {
  process: ServerProcess
  stop(): Promise<void>
}

export interface Kept<T extends Part> {
  /** The part as it was started first: addresses stay the same afterwards. */
  first: T
  /** How often it ended by itself. */
  crashes(): number
  stop(): Promise<void>
  /** Ends it at once, without its consent. */
  kill(): void
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A part that ran this long starts afresh: its next crash is not part of a series. */
const steadyMs = 60_000

/**
 * Starts a part and starts it again whenever it ends by itself, after a pause that doubles.
 * @throws what `start` throws the first time; later failures are said and tried again
 */
export async function keepRunning<T extends Part>(
  name: string,
  start: () => Promise<T>,
  say: (line: string) => void,
): Promise<Kept<T>> {
  const first = await start()
  const stopping = new AbortController()
  let current: Part = first
  let crashes = 0

  async function watch(): Promise<void> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const since = performance.now()
      const how = await current.process.exited
      if (stopping.signal.aborted) return
      crashes++
      if (performance.now() - since > steadyMs) pauseMs = firstPauseMs
      say(`${name} ${how}; it is started again in ${pauseMs / 1000} s`)
      await sleep(pauseMs, undefined, { signal: stopping.signal })
      await restart()
    }
  }
  async function restart(): Promise<void> {
    try {
      current = await start()
      if (stopping.signal.aborted) await current.stop()
    } catch (error) {
      say(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const watched = watch().catch(() => undefined)
  return {
    first,
    crashes: () => crashes,
    async stop() {
      stopping.abort()
      await current.stop()
      await watched
    },
    kill() {
      stopping.abort()
      current.process.kill('SIGKILL')
    },
  }
}
